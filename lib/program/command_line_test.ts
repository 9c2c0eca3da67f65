import { deepEqual } from "node:assert/strict";
import { readCommandLine } from "./command_line.ts";

const PORT = ["--port=1", "--data", "x"];

Deno.test("readCommandLine() accepts a command before, after and between its options", () => {
  const lines: [string[], Record<string, unknown>][] = [
    [[], { command: "start" }],
    [["check-config"], { command: "check-config" }],
    [["export", "f"], { command: "export", target: "f", isConfirmed: false }],
    [["import", "f"], { command: "import", target: "f", isConfirmed: false }],
    [["reset-password", "ada"], {
      command: "reset-password",
      target: "ada",
      isConfirmed: false,
    }],
  ];
  for (const [words, expected] of lines) {
    const [first, ...rest] = words;
    const orders = [
      [...words, ...PORT],
      [...PORT, ...words],
      [...words.slice(0, 1), ...PORT, ...rest],
      first === undefined ? PORT : [...PORT, first, ...rest],
    ];
    for (const args of orders) {
      const read = readCommandLine(args);

      const value = { ...expected, settings: PORT };
      deepEqual(read, { ok: true, value }, args.join(" "));
    }
  }
});

Deno.test("readCommandLine() accepts --yes anywhere, but only for import", () => {
  const orders = [
    ["--yes", "import", "f"],
    ["import", "--yes", "f"],
    ["import", "f", "--yes"],
  ];
  for (const args of orders) {
    const read = readCommandLine(args);

    const value = {
      command: "import",
      target: "f",
      isConfirmed: true,
      settings: [],
    };
    deepEqual(read, { ok: true, value });
  }
});

Deno.test("readCommandLine() reports an unknown argument in one sentence", () => {
  const wrong: [string[], string][] = [
    [["frobnicate"], "Unknown command frobnicate (see --help)"],
    [["--prot=1"], "Unknown option --prot (see --help)"],
    [["--prot", "1", "check-config"], "Unknown option --prot (see --help)"],
    [["-p", "check-config"], "Unknown option -p (see --help)"],
    [
      ["check-config", "now"],
      'Unexpected "now" after check-config (see --help)',
    ],
    [
      ["--port=1", "import", "a", "b"],
      'Unexpected "b" after import a (see --help)',
    ],
    [["export"], "The command export needs FILE (see --help)"],
    [["--data", "x", "import"], "The command import needs FILE (see --help)"],
    [["reset-password"], "The command reset-password needs NAME (see --help)"],
    [["--yes"], "The option --yes is for the command import only"],
    [
      ["export", "f", "--yes"],
      "The option --yes is for the command import only",
    ],
  ];
  for (const [args, error] of wrong) {
    deepEqual(readCommandLine(args), { ok: false, error }, args.join(" "));
  }
});
