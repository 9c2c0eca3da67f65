/** A room: its folder, its allowed imports, and where it runs. */
export interface Room {
  /** Folder, relative to the root. A file belongs to its deepest room. */
  path: string;
  /** Rooms it may import, besides itself. */
  rooms: string[];
  /** Packages it may import, as named in the import map. */
  packages: string[];
  /** Runs in a browser too: no `Deno`, no server room. */
  browser?: true;
}

const BASE_ROOMS = ["lib/base", "lib/model"];
const VISITOR_WIRE = "lib/protocol/visitor";
const DESK_WIRE = "lib/protocol/desk";
const ADMIN_WIRE = "lib/protocol/admin";
const BANKS = ["lib/visitor", "lib/desk", "lib/pbx"];
const LOG = "@logtape/logtape";
const PREACT = ["preact", "@preact/signals", "lucide-preact"];

/** Listed bottom up: a room imports only rooms that are listed before it. */
export const ROOMS: Room[] = [
  { path: "lib/base", rooms: [], packages: ["ipaddr.js"], browser: true },
  {
    path: "lib/model",
    rooms: ["lib/base"],
    packages: ["valibot"],
    browser: true,
  },
  { path: "lib/i18n", rooms: [], packages: [], browser: true },
  { path: "lib/media", rooms: ["lib/base"], packages: [], browser: true },
  {
    path: VISITOR_WIRE,
    rooms: BASE_ROOMS,
    packages: ["valibot"],
    browser: true,
  },
  {
    path: DESK_WIRE,
    rooms: [...BASE_ROOMS, VISITOR_WIRE],
    packages: ["valibot"],
    browser: true,
  },
  { path: ADMIN_WIRE, rooms: BASE_ROOMS, packages: ["valibot"], browser: true },
  {
    path: "lib/ui",
    rooms: [...BASE_ROOMS, "lib/i18n"],
    packages: PREACT,
    browser: true,
  },
  {
    path: "lib/fresh",
    rooms: [],
    packages: [
      "preact",
      "preact-render-to-string",
      "@preact/signals",
      "devalue",
      "node:",
    ],
  },
  { path: "lib/hours", rooms: BASE_ROOMS, packages: ["@logtape/logtape"] },
  {
    path: "lib/store",
    rooms: BASE_ROOMS,
    packages: ["valibot", "@logtape/logtape", "postgres", "node:"],
  },
  // Counts of events that other rooms report, and the view of the page.
  {
    path: "lib/statistics",
    rooms: [...BASE_ROOMS, ADMIN_WIRE, "lib/store"],
    packages: ["@logtape/logtape"],
  },
  {
    path: "lib/contact",
    rooms: [...BASE_ROOMS, VISITOR_WIRE],
    packages: ["@logtape/logtape", "node:crypto"],
  },
  { path: "lib/routing", rooms: [...BASE_ROOMS, "lib/contact"], packages: [] },
  {
    path: "lib/visitor",
    rooms: [
      ...BASE_ROOMS,
      VISITOR_WIRE,
      "lib/i18n",
      "lib/hours",
      "lib/store",
      "lib/contact",
      "lib/routing",
    ],
    packages: ["@logtape/logtape", "libphonenumber-js/max", "node:crypto"],
  },
  {
    path: "lib/desk",
    rooms: [...BASE_ROOMS, DESK_WIRE, "lib/contact"],
    packages: ["@logtape/logtape"],
  },
  // Notifies agents whose desk is closed.
  {
    path: "lib/push",
    rooms: [...BASE_ROOMS, "lib/store"],
    packages: ["valibot", "@logtape/logtape", "node:"],
  },
  {
    path: "lib/pbx",
    rooms: [...BASE_ROOMS, VISITOR_WIRE, "lib/store", "lib/contact"],
    packages: ["valibot", "sdp-transform", "htmlparser2", LOG, "node:"],
  },
  {
    path: "lib/callbacks",
    rooms: [...BASE_ROOMS, "lib/hours", "lib/store"],
    packages: ["@logtape/logtape"],
  },
  {
    path: "lib/admin",
    rooms: [
      ...BASE_ROOMS,
      ADMIN_WIRE,
      "lib/i18n",
      "lib/hours",
      "lib/store",
      "lib/callbacks",
      "lib/contact",
      "lib/pbx",
    ],
    packages: ["valibot", "@logtape/logtape"],
  },
  // The API for programs, with its description.
  {
    path: "lib/api",
    rooms: [...BASE_ROOMS, ADMIN_WIRE, "lib/store", "lib/admin"],
    packages: ["valibot", "@valibot/to-json-schema", LOG],
  },
  {
    path: "lib/metrics",
    rooms: [...BASE_ROOMS, "lib/contact"],
    packages: ["prom-client"],
  },
  // E-mails about messages of visitors.
  {
    path: "lib/mail",
    rooms: [...BASE_ROOMS, "lib/store"],
    packages: ["@logtape/logtape", "nodemailer"],
  },
  // Several instances as one service. Only lib/program imports it.
  {
    path: "lib/cluster",
    rooms: [...BASE_ROOMS, "lib/contact"],
    packages: ["valibot", LOG, "@nats-io/transport-node", "node:"],
  },
  {
    path: "lib/port",
    rooms: [...BASE_ROOMS, VISITOR_WIRE, DESK_WIRE, "lib/store"],
    packages: [
      "fresh",
      "ws",
      "@hono/node-server",
      "@logtape/logtape",
      "node:",
    ],
  },
  {
    path: "lib/program",
    rooms: [
      ...BASE_ROOMS,
      ADMIN_WIRE,
      ...BANKS,
      "lib/push",
      "lib/store",
      "lib/statistics",
      "lib/contact",
      "lib/routing",
      "lib/callbacks",
      "lib/admin",
      "lib/metrics",
      "lib/mail",
      "lib/cluster",
      "lib/port",
    ],
    packages: [
      "valibot",
      "@logtape/logtape",
      "node:",
      "deno.json", // The version is only there.
    ],
  },
  {
    path: "lib/web",
    rooms: [
      ...BASE_ROOMS,
      ADMIN_WIRE,
      "lib/i18n",
      "lib/store",
      "lib/statistics",
      "lib/contact",
      "lib/admin",
      "lib/api",
      "lib/push",
      "lib/port",
    ],
    packages: ["fresh", "cookie", "valibot", "@logtape/logtape", "node:url"],
  },
  // The parts of islands. Each file of islands/ is a separate entry for
  // browsers, so their parts and models are here.
  {
    path: "components",
    rooms: [...BASE_ROOMS, VISITOR_WIRE, ADMIN_WIRE, "lib/i18n", "lib/ui"],
    packages: [
      ...PREACT,
      "valibot",
      "@atlaskit/pragmatic-drag-and-drop",
      "ical.js",
      "uplot",
    ],
    browser: true,
  },
  {
    path: "desk",
    rooms: [
      ...BASE_ROOMS,
      VISITOR_WIRE,
      DESK_WIRE,
      ADMIN_WIRE,
      "lib/i18n",
      "lib/media",
      "lib/ui",
      "components",
    ],
    packages: PREACT,
    browser: true,
  },
  {
    path: "islands",
    rooms: [
      ...BASE_ROOMS,
      ADMIN_WIRE,
      "lib/i18n",
      "lib/ui",
      "components",
      "desk",
    ],
    packages: PREACT,
    browser: true,
  },
  {
    path: "routes",
    rooms: [
      ...BASE_ROOMS,
      ADMIN_WIRE,
      "lib/i18n",
      "lib/ui",
      "lib/web",
      "lib/admin",
      "components",
      "islands",
    ],
    packages: ["fresh", "preact", "lucide-preact", "valibot"],
  },
  {
    path: "widget",
    rooms: [...BASE_ROOMS, "lib/i18n", "lib/media", VISITOR_WIRE],
    packages: ["preact"],
    browser: true,
  },
];

/** Returns the room of the file at `path` (relative to the root). */
export function roomOf(path: string): Room | undefined {
  return ROOMS
    .filter((room) => path.startsWith(room.path + "/"))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/** Runs on the build host, never in a browser. */
const BUILDERS = ["widget/build.ts"];
/** Packages and files that only a builder imports, so no browser gets them. */
const BUILDERS_IMPORTS = /^(node:|@gfx\/zopfli$|tools\/lower\.ts$)/;

/** True if the file at `path` may import `target` (a file or a package). */
export function mayImport(path: string, target: string): boolean {
  const room = roomOf(path);
  if (room === undefined || path.includes("_test.")) return true;
  if (BUILDERS.includes(path) && BUILDERS_IMPORTS.test(target)) return true;
  return roomOf(target) === room || permissionFor(room, target) !== undefined;
}

/** Returns the permission by which a room may import `target`. */
export function permissionFor(room: Room, target: string): string | undefined {
  const other = roomOf(target);
  if (other !== undefined) {
    return room.rooms.find((path) => path === other.path);
  }
  return room.packages.find((name) =>
    target === name || target.startsWith(name.endsWith(":") ? name : name + "/")
  );
}
