/** All subjects of messages between instances. */
export const SUBJECTS = {
  /** Beacons. */
  here: "cw.here",
  /** Farewells. */
  bye: "cw.bye",
  /** Deaths. */
  lost: "cw.lost",
  /** Events of the hub. */
  hub: "cw.hub",
  /** Frames of pipes. */
  instance: (id: string) => `cw.i.${id}`,
  /** Questions for a report, and their answers. */
  ask: (id: string) => `cw.i.${id}.ask`,
};
