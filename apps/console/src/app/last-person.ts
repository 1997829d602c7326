/** Where the person last seen on this phone is kept, without a secret. */
export const lastPersonKey = 'sc.person';
