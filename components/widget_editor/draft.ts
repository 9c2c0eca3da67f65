import type { WidgetContent } from "@/lib/model/widget.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { type Problems, problemsOf } from "./problems.ts";
import { same } from "./same.ts";
import { tidy } from "./tidy.ts";

/**
 * One widget as it is edited here.
 *
 *   editing --save--> saving --saved--> editing
 *      ^                | | refused
 *      |                | +-----------> editing, with problems or a failure
 *      |                | conflict
 *      +-- keep mine,   v
 *      |   take theirs, conflict (somebody else saved in between)
 *      +-- look again --+
 */
export type Draft = {
  /** What the service has, as far as this page knows. */
  saved: WidgetView;
  /** What is being written. */
  content: WidgetContent;
  /** What the service or the schemas did not take, by path in `content`. */
  problems: Problems;
} & Phase;

export type Phase =
  | { phase: "editing"; failure?: Failure }
  /** `sent` is on its way; writing may go on meanwhile. */
  | { phase: "saving"; sent: WidgetContent }
  | { phase: "conflict"; theirs: WidgetView };

/** Why nothing was saved, if it was not the content. */
export interface Failure {
  reason: string;
  /** Seconds until another try makes sense. */
  retryAfter?: number;
}

export function openDraft(saved: WidgetView): Draft {
  return { phase: "editing", saved, content: saved.content, problems: {} };
}

/** Whether something is written here that the service does not have. */
export function isUnsaved(draft: Draft): boolean {
  return !same(draft.content, draft.saved.content);
}

/** Writes some members. Problems that were shown are checked again. */
export function edit(draft: Draft, change: Partial<WidgetContent>): Draft {
  const content = { ...draft.content, ...change };
  return { ...draft, content, problems: stillWrong(draft.problems, content) };
}

/** Back to what is saved. */
export function discard(draft: Draft): Draft {
  return openDraft(draft.saved);
}

/** Checks, and starts to save if all is right and there is something to save. */
export function save(draft: Draft): Draft {
  if (draft.phase === "saving") return draft;
  const { saved } = draft;
  const content = tidy(draft.content);
  const problems = problemsOf(content);
  if (Object.keys(problems).length > 0) {
    return { phase: "editing", saved, content, problems };
  }
  return { phase: "saving", sent: content, saved, content, problems: {} };
}

/** The service has taken what was sent; what was written since stays. */
export function wasSaved(draft: Draft, view: WidgetView): Draft {
  const untouched = draft.phase !== "saving" || draft.content === draft.sent;
  const content = untouched ? view.content : draft.content;
  return { phase: "editing", saved: view, content, problems: {} };
}

/** The service has not taken it. */
export function wasRefused(
  { saved, content }: Draft,
  { problems = {}, failure }: { problems?: Problems; failure?: Failure },
): Draft {
  const draft: Draft = { phase: "editing", saved, content, problems };
  return failure === undefined ? draft : { ...draft, failure };
}

/** Somebody else has saved `theirs` since this draft was opened. */
export function hasConflict(
  { saved, content, problems }: Draft,
  theirs: WidgetView,
): Draft {
  return { phase: "conflict", theirs, saved, content, problems };
}

/** Their state counts; what was written here is gone. */
export function takeTheirs(draft: Draft): Draft {
  return draft.phase === "conflict" ? openDraft(draft.theirs) : draft;
}

/** What is written here shall replace theirs, with the next save. */
export function keepMine(draft: Draft): Draft {
  if (draft.phase !== "conflict") return draft;
  const { theirs: saved, content } = draft;
  return { phase: "editing", saved, content, problems: {} };
}

/** Neither: goes on writing. The next save meets the same conflict. */
export function lookAgain({ saved, content, problems }: Draft): Draft {
  return { phase: "editing", saved, content, problems };
}

/** A newer state from the service: taken if nothing is written here. */
export function refresh(draft: Draft, view: WidgetView): Draft {
  if (draft.phase !== "editing" || isUnsaved(draft)) return draft;
  return view.revision === draft.saved.revision ? draft : openDraft(view);
}

/** Of the problems shown, those that the schemas still see, with their words;
 * one that only the service saw goes with the first change. */
function stillWrong(shown: Problems, content: WidgetContent): Problems {
  if (Object.keys(shown).length === 0) return shown;
  const now = Object.entries(problemsOf(tidy(content)));
  return Object.fromEntries(now.filter(([path]) => Object.hasOwn(shown, path)));
}
