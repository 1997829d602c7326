/** As the contract has it (`mostResidentPhotos`): importing it would bring all schemas to the phone. A test holds them equal. */
export const mostResidentPhotos = 3;
export const longestVoiceMs = 2 * 60_000;
