// Owns the seam to whoever reads data for the code room: a service may load files whose notation is no business of a front-end.
// It must not know any notation.

/** What a text of data says, as plain data; undefined where it cannot be read. Never throws. */
export type DataReader = (text: string) => unknown;
