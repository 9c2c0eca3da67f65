import { deepEqual, equal, match } from "node:assert/strict";
import { readPostgresUrl, withoutPassword } from "./url.ts";

function read(url: string) {
  const read = readPostgresUrl(url);
  return read.ok ? read.value : read.error;
}

Deno.test("a URL of PostgreSQL names several servers, TLS and a user with any password", () => {
  deepEqual(
    read(
      "postgres://cw:p%40ss%3Aw%2Frd@db1.example.com,db2:6432,[2001:db8::1]:5433/" +
        "wid%20gets?target_session_attrs=read-write&sslmode=verify-full" +
        "&sslrootcert=/etc/ssl/db.pem&connect_timeout=5&application_name=cw" +
        "&schema=own&prepare=false",
    ),
    {
      hosts: [
        { host: "db1.example.com", port: 5432 },
        { host: "db2", port: 6432 },
        { host: "2001:db8::1", port: 5433 },
      ],
      user: "cw",
      password: "p@ss:w/rd",
      database: "wid gets",
      sslmode: "verify-full",
      sslrootcert: "/etc/ssl/db.pem",
      connectMs: 5_000,
      applicationName: "cw",
      schema: "own",
      prepare: false,
    },
  );
});

Deno.test("a short URL of PostgreSQL gets port 5432, 3 s to connect, and prepared statements", () => {
  deepEqual(read("postgres://cw@localhost/cw"), {
    hosts: [{ host: "localhost", port: 5432 }],
    user: "cw",
    password: "",
    database: "cw",
    sslmode: "disable",
    sslrootcert: "",
    connectMs: 3_000,
    applicationName: "contact-widgets",
    schema: "",
    prepare: true,
  });
  for (const port of [1, 65_535]) {
    const address = read(`postgres://cw@localhost:${port}/cw`);
    equal(typeof address === "object" && address.hosts[0]?.port, port);
  }
});

Deno.test("a URL of PostgreSQL can name a socket in one of two ways", () => {
  const hosts = [
    "postgresql://cw@%2Frun%2Fpostgresql:5433/cw",
    "postgresql://cw@/cw?host=/run/postgresql",
  ].map((url) => {
    const address = read(url);
    return typeof address === "string" ? address : address.hosts;
  });

  deepEqual(hosts, [
    [{ host: "/run/postgresql", port: 5433 }],
    [{ host: "/run/postgresql", port: 5432 }],
  ]);
});

Deno.test("a URL of PostgreSQL on this host needs no TLS", () => {
  for (const host of ["localhost", "LOCALHOST", "127.0.0.9", "[::1]"]) {
    const address = read(`postgres://cw@${host},localhost/cw`);
    equal(typeof address === "object" && address.sslmode, "disable", host);
  }
});

const WRONG: readonly [what: string, url: string, says: RegExp][] = [
  ["no database", "postgres://cw@localhost", /^must be like postgres:/],
  ["no user", "postgres://localhost/cw", /^must be like postgres:/],
  ["a password with @", "postgres://cw:a@b@h/cw", /%40/],
  ["a % that is no character", "postgres://cw:100%@h/cw", /%25/],
  ["a port that is none", "postgres://cw@h:65536/cw", /^must be like/],
  ["port 0", "postgres://cw@h:0/cw", /^must be like/],
  ["an empty user", "postgres://:p@h/cw", /^must be like postgres:/],
  ["an address in brackets", "postgres://cw@[127.0.0.1]/cw", /^must be like/],
  ["a server and a folder", "postgres://cw@h/cw?host=/run", /^must be like/],
  ["a second server elsewhere", "postgres://cw@[::1],db/cw", /because db is/],
  [
    "TLS for one of two sockets",
    "postgres://cw@localhost,%2Frun/cw?sslmode=verify-full",
    /must be disable for a socket/,
  ],
  [
    "a certificate without TLS",
    "postgres://cw@localhost/cw?sslrootcert=/x",
    /sslrootcert, which needs/,
  ],
  [
    "a line break in the user",
    "postgres://c%0Aw@localhost/cw",
    /^must be like/,
  ],
  [
    "no TLS mode for a network",
    "postgres://cw@db/cw",
    /sslmode.*because db is/,
  ],
  [
    "an unsafe TLS mode",
    "postgres://cw@db/cw?sslmode=prefer",
    /sslmode, which must be verify-full, require or disable/,
  ],
  [
    "TLS for a socket",
    "postgres://cw@/cw?host=/run&sslmode=require",
    /sslmode, which must be disable for a socket/,
  ],
  [
    "an unused certificate",
    "postgres://cw@db/cw?sslmode=require&sslrootcert=/x",
    /sslrootcert, which needs/,
  ],
  [
    "an unknown parameter",
    "postgres://cw@localhost/cw?sslcert=x",
    /unknown parameter sslcert; there are host,/,
  ],
  [
    "a parameter twice",
    "postgres://cw@localhost/cw?schema=a&schema=b",
    /schema twice/,
  ],
  [
    "a standby",
    "postgres://cw@localhost/cw?target_session_attrs=standby",
    /target_session_attrs, which must be read-write or primary/,
  ],
  [
    "a long wait",
    "postgres://cw@localhost/cw?connect_timeout=61",
    /connect_timeout, which must be 1 to 60/,
  ],
];
for (const [what, url, says] of WRONG) {
  Deno.test(`a URL of PostgreSQL with ${what} is refused by name`, () => {
    const error = read(url);
    if (typeof error !== "string") throw new Error("it was accepted");
    match(error, says);
    equal(/a@b|100%@/.test(error), false, error);
  });
}

Deno.test("a password is never shown, not even one of a URL that can't be read", () => {
  deepEqual(
    [
      "postgres://cw:secret@db/cw",
      "postgres://cw:sec@re/t?x@db/cw",
      "postgres://cw@db/cw?password=secret&schema=x",
      "https://kv:secret@kv.example.com/x",
      "postgres://cw@db/cw",
      "/data/widgets:1@home.kv",
    ].map(withoutPassword),
    [
      "postgres://cw:***@db/cw",
      "postgres://cw:***@db/cw",
      "postgres://cw@db/cw?password=***&schema=x",
      "https://kv:***@kv.example.com/x",
      "postgres://cw@db/cw",
      "/data/widgets:1@home.kv",
    ],
  );
});
