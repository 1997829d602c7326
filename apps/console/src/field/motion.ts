/** Loaded by those whose system asks for stillness: what moves is a fifth of the first load otherwise. */
export { reduceMotion, restoreMotion } from 'antd-mobile';
