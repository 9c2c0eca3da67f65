import type { SETTINGS } from "@/lib/program/settings.ts";

type Samples = Record<keyof typeof SETTINGS, readonly string[]>;

/** Values of every setting that no start may accept. */
export const INVALID: Samples = {
  port: ["99999", "-1", "http"],
  host: ["not a host", "127.0.0.1:80", " "],
  data: [" ", "a\nb"],
  kv: ["ftp://kv.example.com", "https://", "a\nb"],
  nats: [
    "nats.example.com",
    "https://nats.example.com",
    "nats://nats.example.com:99999",
    "tls://:password@nats.example.com",
    "nats://nats.example.com?ca=/etc/ca.pem",
  ],
  natsCreds: ["a\nb"],
  publicUrl: [
    "widgets.example.com",
    "https://widgets.example.com/path",
    "https://widgets.example.com:99999",
  ],
  instancePath: ["widgets", "/a b"],
  adminPassword: ["short", "x".repeat(201), "two lines\nof text"],
  pbxPassword: ["x".repeat(65), "a\nb"],
  secretKey: ["short", "two lines of\nsome text"],
  pbxFrom: ["10.0.0.0/99", "fe80::1%eth0", "pbx.example.com"],
  pbxOrigins: ["https://pbx.example.com/path"],
  pbxCliOverride: ["true"],
  trustedProxies: ["nginx", "fe80::1%eth0"],
  tlsCert: ["a\nb"],
  tlsKey: ["a\nb"],
  stun: ["stun.example.com:99999", "stun:stun.example.com", "a b", "a;"],
  turn: [
    "turn.example.com:99999",
    "turn.example.com:0",
    "turn:turn.example.com?transport=sctp",
    "http://turn.example.com",
    "turn.example.com;turns:turn.example.com:99999",
    "[turn.example.com]:3478",
  ],
  turnSecret: ["a\nb"],
  contactsPerAddress: ["0", "4.5"],
  requestSeconds: ["0", "3601"],
  drainSeconds: ["-1", "30s"],
  recordDays: ["0", "36501"],
  messageDays: ["0", "36501"],
  statisticsDays: ["0", "forever"],
  keepChats: ["maybe"],
  push: ["maybe"],
  metricsFrom: ["everywhere", "::1%lo"],
  readyPbx: ["true"],
  logFormat: ["xml"],
  log: ["loud"],
  dev: ["true"],
};

/** Values that every start accepts. */
export const VALID: Partial<Samples> = {
  port: ["0", "65535"],
  host: ["::", "127.0.0.1", "localhost", "my_host.example.com"],
  kv: [
    "",
    "/var/lib/widgets.kv",
    "https://kv.example.com/x",
    ":memory:",
    "postgres://cw@localhost/widgets",
    "postgresql://cw:p%40ss@db1,db2:5433/widgets?sslmode=verify-full",
  ],
  publicUrl: ["", "https://widgets.example.com/", "http://[::1]:8000"],
  adminPassword: ["", "ten chars!", "x".repeat(200)],
  secretKey: ["", "sixteen of these"],
  pbxFrom: ["", "10.0.0.0/8, ::1", "192.0.2.1"],
  stun: ["", "a.example;192.0.2.1:3478;[2001:db8::1]:3478"],
  turn: [
    "",
    "turn.example.com:3478",
    "turn.example.com:3478;turn:turn.example.com:3478?transport=tcp;turns:turn.example.com:443",
    "turns:[2001:db8::1]:443?transport=tcp",
  ],
  turnSecret: ["", "any length"],
  dev: ["", "yes", "no"],
};
