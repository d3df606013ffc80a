// What review says, in English: signatures, freezing and locking.

export const review = {
  signed: 'Signed',
  by: (name: string, time: string) => `${name} · ${time}`,
  fell: (name: string, time: string) => `This was signed by ${name} on ${time}. A value has changed since: it must be signed again.`,
  changed: 'Changed since:',
  sign: 'Sign this form',
  signBook: 'Sign all forms',
  title: 'Electronic signature',
  seen: 'You sign exactly what is shown here: values, units, labels, language and design version.',
  act: 'Sign',
  cancel: 'Cancel',
  changedMeanwhile: 'It has changed while you looked at it. Look at it again, then sign.',
  notYet: 'It cannot be signed yet:',
};
