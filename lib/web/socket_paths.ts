/** Who speaks through a WebSocket. */
export type SocketKind = "visitor" | "desk" | "pbx";

/** Where WebSockets are taken, and for whom; everywhere else is none. */
export function socketPaths(
  instancePath: string,
): ReadonlyMap<string, SocketKind> {
  return new Map([
    [`${instancePath}/service`, "visitor"],
    ["/desk/service", "desk"],
    [instancePath, "pbx"],
    [`${instancePath}/`, "pbx"],
  ]);
}
