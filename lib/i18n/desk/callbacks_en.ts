/** The callbacks that ring at the desk. */
export const callbacks = {
  due: "Call back {name} now",
  taken: "You are calling {name} back",
  ring: "ring {ring} of {rings}",
  take: "Take callback",
  hide: "Not me",
  call: "Call",
  done: "Done",
  missed: "Not reached",
  gone: "A colleague has this callback, or it does not ring any more.",
  failed: "That did not work. Please try again.",
};
