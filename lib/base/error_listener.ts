/** The part of a socket of `node:net` that is used here. */
interface ErrorSource {
  on(event: "error", listen: () => void): unknown;
  listeners(event: "error"): unknown[];
  removeAllListeners(event?: string): this;
}

/**
 * Keeps an error listener on a socket for its whole life and returns the socket.
 * An error of a socket without one ends the process, and a connection can break
 * at any time: while it changes hands, while a file is read between two steps, or
 * after a library has removed all listeners. Other listeners hear `error` and
 * `close` as before.
 */
export function keepErrorListener<S extends ErrorSource>(socket: S): S {
  const remove = socket.removeAllListeners;
  socket.on("error", ignore);
  socket.removeAllListeners = function (...event) {
    remove.apply(socket, event);
    if (!socket.listeners("error").includes(ignore)) socket.on("error", ignore);
    return socket;
  };
  return socket;
}

function ignore(): void {}
