export { FILE_STORE, type FileStore } from './file-store.js';
export { FilesModule } from './files.module.js';
export { mostPhotoBytes, type PhotoRefusal, preparePhoto } from './photo/photo.js';
export { thumbnailOf } from './photo/thumbnail.js';
export { StoredFiles } from './stored-files.js';
export { looksLikeVoice, prepareVoice, type VoiceRefusal } from './voice/voice.js';
