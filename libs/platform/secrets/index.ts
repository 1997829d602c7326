export { SealedWithAnotherKeyError, SecretBox } from './secret-box.js';
