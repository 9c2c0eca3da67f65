import { ClientMessage } from "@/lib/protocol/visitor/client_messages.ts";
import { ContactMessage } from "@/lib/protocol/visitor/contact_messages.ts";
import { SessionMessage } from "@/lib/protocol/visitor/session_messages.ts";
import { formatted } from "./formatted.ts";
import { membersOf, number, variantsOf } from "./schema_words.ts";

// Writes the tables of docs/protocol.md: messages from the schemas that the
// service and its widget decode with, numbers and codes from their own files.

export const PROTOCOL_FILE = new URL("../docs/protocol.md", import.meta.url);
const WIRE = new URL("../lib/protocol/visitor/", import.meta.url);

/** The messages of the original system, with their members. */
const ORIGINAL: Record<string, string[]> = {
  Start: ["uuid"],
  GetPicture: ["id"],
  CreateCall: ["dest", "dn"],
  Channels: ["cmd", "sdp"],
  ClearCall: [],
  Session: ["name", "lang", "strings"],
  Info: [
    ...["id", "dn", "department", "phonenumber", "email", "company"],
    ...["presence", "media", "order"],
  ],
  Picture: ["id", "url"],
  IceConfig: ["stun", "turn"],
  CallInfo: ["state", "cmd", "sdp"],
};

/** Returns the document with generated tables, formatted. */
export async function protocolDocument(): Promise<string> {
  const tables: Record<string, string> = {
    "page messages": messages([ClientMessage], ["PROPOSAL"]),
    "service messages": messages([SessionMessage, ContactMessage], []),
    limits: numbers(await wire("page_limits.ts") + await wire("limits.ts")),
    codes: numbers(
      await wire("page_close_codes.ts") + await wire("close_codes.ts"),
    ),
  };
  const text = await Deno.readTextFile(PROTOCOL_FILE);
  const filled = text.replaceAll(
    /(<!-- (.+): made by `deno task protocol` -->)[^]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const table = tables[name];
      if (table === undefined) throw new Error(`There is no table ${name}`);
      return `${begin}\n\n${table}\n\n${end}`;
    },
  );
  return await formatted(filled);
}

function wire(name: string): Promise<string> {
  return Deno.readTextFile(new URL(name, WIRE));
}

/** A row for each member; `+` marks what the original does not have. */
function messages(schemas: object[], originalCmds: string[]): string {
  const rows = schemas.flatMap(variantsOf).flatMap((schema) => {
    const members = membersOf(schema);
    const [mt = "", cmd] = members.map(({ words }) => words.slice(2, -2));
    const known = mt === "Channels" && !originalCmds.includes(cmd ?? "")
      ? undefined
      : ORIGINAL[mt];
    const name = `${known === undefined ? "+ " : ""}\`${mt}\``;
    const own = members.slice(1).map(({ name, optional, words }) => {
      const plus = known?.includes(name) === false ? "+ " : "";
      const what = name === "options" ? "object: see below" : words;
      return [`${plus}\`${name}${optional ? "?" : ""}\``, what];
    });
    return (own.length === 0 ? [["", ""]] : own)
      .map(([member, what], i) => [i === 0 ? name : "", member, what]);
  });
  return table(["message", "member", "what it may be"], rows);
}

/** Returns the rows of a file of numbers: `name: 1_000` below its comment. */
function numbers(source: string): string {
  const entry = /(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?^ {2}(\w+): ([\d_]+),/gm;
  const rows = [...source.matchAll(entry)]
    .map(([, comment = "", name, value = ""]) => {
      const why = comment.replace(/\s*\n\s*\*?\s*/g, " ").trim();
      const shown = Number(value.replaceAll("_", ""));
      return [
        `\`${name}\``,
        source.includes("CLOSE") ? String(shown) : number(shown),
        why,
      ];
    });
  return table(["name", "number", ""], rows);
}

function table(head: string[], rows: (string | undefined)[][]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.join(" | ")} |`).join("\n");
}

if (import.meta.main) {
  await Deno.writeTextFile(PROTOCOL_FILE, await protocolDocument());
}
