/** The list that was drawn before the program had come is still to be seen. */
export const isFirstPaint = (): boolean => document.getElementById('first') !== null;
/** The program stands now where the first paint stood. */
export const endFirstPaint = (): void => document.getElementById('first')?.remove();
