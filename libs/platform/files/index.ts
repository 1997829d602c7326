export { FILE_STORE, type FileStore, FileDamagedError, FileStoreAwayError } from './file-store.js';
export { FilesModule } from './files.module.js';
export { mostPhotoBytes, preparePhoto } from './photo/photo.js';
export { StoredFiles } from './stored-files.js';
