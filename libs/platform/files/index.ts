export { FILE_STORE, type FileStore, FileDamagedError, FileStoreAwayError } from './file-store.js';
export { FilesModule } from './files.module.js';
export { mostPhotoBytes, mostPixels, type PhotoRefusal, preparePhoto } from './photo/photo.js';
export { thumbnailOf } from './photo/thumbnail.js';
export { StoredFiles } from './stored-files.js';
export { looksLikeVoice, mostVoiceBytes, mostVoiceMs, prepareVoice, type VoiceRefusal } from './voice/voice.js';
