import { REPLY_VARIABLES, SavedReplyContent } from "@/lib/model/saved_reply.ts";
import type { CallError } from "@/lib/protocol/admin/json_client.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import { problemsIn } from "../widget_editor/problems.ts";

/** The values of the form. */
export interface ReplyForm extends SavedReplyContent {
  /** True for a reply that all agents share. */
  isShared: boolean;
}

export type ReplyProblems = Readonly<
  Partial<Record<keyof SavedReplyContent, string>>
>;

export function formOf(
  { name, lang, text, isShared }: SavedReplyView,
): ReplyForm {
  return { name, lang, text, isShared };
}

/** Returns the form for a new reply. */
export function newForm({ isShared }: { isShared: boolean }): ReplyForm {
  return { name: "", lang: "", text: "", isShared };
}

export function contentOf({ name, lang, text }: ReplyForm): SavedReplyContent {
  return { name, lang, text };
}

/** Returns the errors by field. */
export function replyProblems(form: ReplyForm): ReplyProblems {
  return problemsIn(SavedReplyContent, contentOf(form));
}

/** Returns the error of the service by its field; empty if it has none. */
export function refusedReplyFields(error: CallError): ReplyProblems {
  const field = "field" in error ? error.field : undefined;
  return field === undefined ? {} : { [field]: error.text };
}

/** Returns the first word in braces that is not a variable, with its braces;
 * undefined if there is none. */
export function unknownVariable(text: string): string | undefined {
  const known = new Set<string>(REPLY_VARIABLES);
  return [...text.matchAll(/\{(\w+)\}/g)]
    .find(([, name = ""]) => !known.has(name))?.[0];
}
