// How many faults there are, in words.

/** `2 errors, 1 warning`; nothing for none. */
export function count(faults) {
  const errors = faults.filter(({ severity }) => severity === "error").length;
  const some = (number, name) => (number ? [`${number} ${name}${number === 1 ? "" : "s"}`] : []);
  return [...some(errors, "error"), ...some(faults.length - errors, "warning")].join(", ");
}
