import { fill } from "@/lib/i18n/fill.ts";
import {
  REPLY_VARIABLES,
  type ReplyVariable,
} from "@/lib/model/saved_reply.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";

/** The text of each variable; "" if it is not known. */
export type ReplyValues = Readonly<Record<ReplyVariable, string>>;

/** A part of the text in the field: `/` and the search for a reply. */
export interface ReplyQuery {
  start: number;
  end: number;
  /** Without the `/`. */
  text: string;
}

/** Returns the search for a reply before the cursor; undefined if there is
 * none. A `/` inside a word, as in an address, begins none. */
export function queryAt(text: string, cursor: number): ReplyQuery | undefined {
  const found = /(?:^|\s)\/((?:[^\s/][^\n/]{0,39})?)$/
    .exec(text.slice(0, cursor));
  if (found === null) return undefined;
  const [, query = ""] = found;
  return { start: cursor - query.length - 1, end: cursor, text: query };
}

/** Inserts a text in place of the search. Returns also the cursor after it. */
export function insertAt(
  text: string,
  { start, end }: Pick<ReplyQuery, "start" | "end">,
  inserted: string,
): { text: string; cursor: number } {
  return {
    text: text.slice(0, start) + inserted + text.slice(end),
    cursor: start + inserted.length,
  };
}

/**
 * Returns the replies whose name or text contains the query: those that begin
 * with it first, then other names, then texts. If a name exists in several
 * languages, only the one of the visitor's language counts, or else the one for
 * all languages.
 */
export function findReplies(
  replies: readonly SavedReplyView[],
  { query, visitorLang, lang }: {
    query: string;
    visitorLang: string;
    /** The agent's language. */
    lang: string;
  },
): SavedReplyView[] {
  const lower = (text: string) => text.toLocaleLowerCase(lang);
  const sought = lower(query.trim());
  const best = bestByName(replies, visitorLang, lower);
  const { compare } = new Intl.Collator(lang);
  return replies
    .filter((reply) => languageRank(reply, visitorLang) === best.get(reply))
    .map((reply) => ({ reply, rank: rankOf(reply, sought, lower) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || compare(a.reply.name, b.reply.name))
    .map(({ reply }) => reply);
}

/** Returns for each reply the best language rank of those with its name. */
function bestByName(
  replies: readonly SavedReplyView[],
  visitorLang: string,
  lower: (text: string) => string,
): Map<SavedReplyView, number> {
  const keyOf = ({ name, isShared }: SavedReplyView) =>
    `${isShared} ${lower(name)}`;
  const best = new Map<string, number>();
  for (const reply of replies) {
    const rank = languageRank(reply, visitorLang);
    best.set(keyOf(reply), Math.min(rank, best.get(keyOf(reply)) ?? rank));
  }
  return new Map(replies.map((one) => [one, best.get(keyOf(one)) ?? 0]));
}

function languageRank({ lang }: SavedReplyView, visitorLang: string): number {
  if (lang === "") return 1;
  return baseOf(lang) === baseOf(visitorLang) ? 0 : 2;
}

function baseOf(tag: string): string {
  return tag.split("-")[0]?.toLowerCase() ?? "";
}

/** Returns 0 to 2 for a match, and 3 for none. */
function rankOf(
  { name, text }: SavedReplyView,
  sought: string,
  lower: (text: string) => string,
): number {
  const place = lower(name).indexOf(sought);
  if (place === 0) return 0;
  if (place > 0) return 1;
  return lower(text).includes(sought) ? 2 : 3;
}

/** Returns a reply with its variables replaced. An unknown value leaves no gap:
 * the space or comma before it, or the whole line, goes with it. `lang` is the
 * language of the text. */
export function fillReply(
  text: string,
  values: ReplyValues,
  lang: string,
): string {
  const empty = REPLY_VARIABLES.filter((name) => values[name] === "");
  const lines = text.split("\n").flatMap((line) => {
    const rest = empty.length > 0 ? withoutGaps(line, empty, lang) : line;
    return rest === undefined ? [] : [fill(rest, values)];
  });
  return lines.join("\n").trim();
}

const HAS_WORDS = /[\p{L}\p{N}]/u;

/** Removes these variables from a line; undefined if no words are left. */
function withoutGaps(
  line: string,
  names: readonly ReplyVariable[],
  lang: string,
): string | undefined {
  const name = String.raw`\{(?:${names.join("|")})\}`;
  const gap = `(?:\\(${name}\\)|\\[${name}\\]|[“„"«]${name}[”“"»]|${name})`;
  const first = new RegExp(`^[ \\t]*${gap}[,;:]?[ \\t]*`);
  const beforeMark = new RegExp(
    `[ \\t]*,?[ \\t]*${gap}(?=[ \\t]*(?:[.,;:!?…]|$))`,
    "g",
  );
  let rest = line;
  while (first.test(rest)) rest = rest.replace(first, "");
  if (rest !== line) {
    rest = rest.charAt(0).toLocaleUpperCase(lang || undefined) + rest.slice(1);
  }
  rest = rest.replace(beforeMark, "")
    .replace(new RegExp(`[ \\t]*${gap}`, "g"), "");
  return rest === line || HAS_WORDS.test(rest) ? rest : undefined;
}
