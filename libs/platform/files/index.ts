export { FILE_STORE, type FileStore } from './file-store.js';
export { FilesModule } from './files.module.js';
export { mostPhotoBytes, preparePhoto } from './photo/photo.js';
