/** The kind of client of a WebSocket. */
export type SocketKind = "visitor" | "desk" | "pbx";

/** Returns the paths that accept WebSockets, with the kind of their clients. */
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
