/** Node's `assert`, as far as argparse calls it. CommonJS, because argparse calls what `require` returns. */
module.exports = function assert(value, message = 'assertion failed') {
  if (!value) throw new Error(message);
};
