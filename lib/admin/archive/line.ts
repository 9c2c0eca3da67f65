import * as v from "valibot";
import { err, ok, type Result } from "@/lib/base/result.ts";
import { Account } from "@/lib/model/account.ts";
import { AuditEntry, Author, WidgetVersion } from "@/lib/model/audit.ts";
import { Block } from "@/lib/model/block.ts";
import { ContactRecord } from "@/lib/model/contact_record.ts";
import { Inquiry } from "@/lib/model/inquiry.ts";
import { PictureId, PictureType } from "@/lib/model/picture.ts";
import { SavedReply } from "@/lib/model/saved_reply.ts";
import { Widget, WidgetContent, WidgetUuid } from "@/lib/model/widget.ts";
import { TallyRow } from "@/lib/model/tally.ts";
import { LastPresence } from "@/lib/store/presence_store.ts";

// An archive is a text with one JSON value per line: a header, then all data in
// an order in which it can be stored again, then an end that counts the lines
// before it. So a truncated file is detected, and an archive doesn't have to
// fit in memory.

export const FORMAT_VERSION = 3;
/** Version 1 has accounts without picture, language and mark, and version 2 has
 * no messages and no push key. */
const READ_VERSIONS = [1, 2, FORMAT_VERSION] as const;

const Base64 = v.pipe(v.string(), v.base64());

/** Secrets that can only be decrypted with the passphrase; see secrets.ts. */
export const SealedSecrets = v.strictObject({
  salt: Base64,
  iv: Base64,
  data: Base64,
});
export type SealedSecrets = v.InferOutput<typeof SealedSecrets>;

export const ArchiveLine = v.variant("is", [
  v.strictObject({
    is: v.literal("contact-widgets-archive"),
    formatVersion: v.picklist(READ_VERSIONS),
    madeAt: v.number(),
  }),
  v.strictObject({ is: v.literal("secrets"), sealed: SealedSecrets }),
  v.strictObject({
    is: v.literal("picture"),
    id: PictureId,
    type: PictureType,
    base64: Base64,
  }),
  v.strictObject({
    is: v.literal("widget"),
    value: Widget,
    version: v.number(),
    by: Author,
  }),
  /** An earlier state of the widget of a previous line. */
  v.strictObject({
    is: v.literal("version"),
    uuid: WidgetUuid,
    version: WidgetVersion,
    content: WidgetContent,
  }),
  v.strictObject({ is: v.literal("account"), account: Account }),
  v.strictObject({ is: v.literal("contact"), record: ContactRecord }),
  v.strictObject({ is: v.literal("message"), inquiry: Inquiry }),
  v.strictObject({ is: v.literal("block"), block: Block }),
  v.strictObject({ is: v.literal("saved reply"), reply: SavedReply }),
  v.strictObject({ is: v.literal("statistics"), row: TallyRow }),
  v.strictObject({ is: v.literal("presence"), last: LastPresence }),
  v.strictObject({ is: v.literal("change"), entry: AuditEntry }),
  v.strictObject({ is: v.literal("end"), lines: v.number() }),
]);
export type ArchiveLine = v.InferOutput<typeof ArchiveLine>;

/** The error of an archive, and its line, from 1. */
export interface ArchiveError {
  line: number;
  why: string;
}

/** The largest widget has about 650 KiB. */
const LINE_LENGTH_MAX = 4 * 1024 * 1024;

/** Reads the lines of an archive, up to the first invalid one. */
export async function* readLines(
  text: AsyncIterable<string>,
): AsyncGenerator<Result<ArchiveLine, ArchiveError>> {
  let line = 0;
  let ended = false;
  for await (const json of split(text)) {
    line++;
    const read: Result<ArchiveLine, string> = ended
      ? err("follows after the end")
      : decode(json, line);
    yield read.ok ? read : err({ line, why: read.error });
    if (!read.ok) return;
    ended = read.value.is === "end";
  }
  if (!ended) {
    yield err({ line, why: "is the last one, but the end is missing" });
  }
}

function decode(json: string, line: number): Result<ArchiveLine, string> {
  if (json.length > LINE_LENGTH_MAX) return err("is too long");
  const read = v.safeParse(
    v.pipe(v.string(), v.parseJson(), ArchiveLine),
    json,
  );
  if (!read.success) return err(v.summarize(read.issues));
  const { output } = read;
  const isHeader = output.is === "contact-widgets-archive";
  if (isHeader !== (line === 1)) return err("is in the wrong place");
  if (output.is === "end" && output.lines !== line - 1) {
    return err(`counts ${output.lines} lines, but there are ${line - 1}`);
  }
  return ok(output);
}

/** Splits a streamed text at its line ends. */
async function* split(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > LINE_LENGTH_MAX) break; // decode() reports it.
  }
  if (rest !== "") yield rest;
}
