/** How the key of a case begins that goes on from a closed one: however many say that it was not solved, it is one case. */
export const reopened = 'reopen:';
