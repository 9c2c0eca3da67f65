import * as v from "valibot";
import { lines, name } from "./text.ts";
import { LanguageTag } from "./widget.ts";

/** Maximum number of shared replies, and of an agent's personal ones. */
export const SHARED_REPLIES_MAX = 300;
export const PERSONAL_REPLIES_MAX = 100;

export const REPLY_NAME_LENGTH_MAX = 40;
export const REPLY_TEXT_LENGTH_MAX = 2_000;

/** The words in braces that a reply is filled in with: `{visitor}`. */
export const REPLY_VARIABLES = [
  "visitor",
  "agent",
  "company",
  "widget",
] as const;
export type ReplyVariable = typeof REPLY_VARIABLES[number];

/** The parts of a saved reply that people edit. */
export const SavedReplyContent = v.strictObject({
  /** The name by which agents find it. */
  name: name(REPLY_NAME_LENGTH_MAX),
  /** The language of its visitors; "" for all. */
  lang: v.union([v.literal(""), LanguageTag], "must be a language tag"),
  text: v.pipe(
    lines(REPLY_TEXT_LENGTH_MAX),
    v.minLength(1, "must not be empty"),
  ),
});
export type SavedReplyContent = v.InferOutput<typeof SavedReplyContent>;

/** A text that agents insert into their messages. */
export const SavedReply = v.strictObject({
  id: v.string(),
  /** Id of the only account that has it; absent if all agents share it. */
  owner: v.exactOptional(v.string()),
  ...SavedReplyContent.entries,
});
export type SavedReply = v.InferOutput<typeof SavedReply>;
