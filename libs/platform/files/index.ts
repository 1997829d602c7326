export { FILE_STORE, FileDamagedError, type FileStore } from './file-store.js';
export { FilesModule } from './files.module.js';
export { mostPhotoBytes, preparePhoto, type Photo, type PhotoRefusal } from './photo/photo.js';
