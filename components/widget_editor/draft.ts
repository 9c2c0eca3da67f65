import type { WidgetContent } from "@/lib/model/widget.ts";
import type { WidgetView } from "@/lib/protocol/admin/messages.ts";
import { withHours } from "../opening_hours/hours_edits.ts";
import { type Problems, problemsOf } from "./problems.ts";
import { same } from "./same.ts";
import { tidy } from "./tidy.ts";

/**
 * A widget that is being edited.
 *
 *   editing --save--> saving --saved--> editing
 *      ^                | | refused
 *      |                | +-----------> editing, with problems or a failure
 *      |                | conflict
 *      +-- keep mine,   v
 *      |   take theirs, conflict (another admin has saved)
 *      +-- look again --+
 */
export type Draft = {
  /** The service's state, as far as this page knows. */
  saved: WidgetView;
  /** The content that is being edited. */
  content: WidgetContent;
  /** Errors of the service or the schemas, by path in `content`. */
  problems: Problems;
} & Phase;

export type Phase =
  | { phase: "editing"; failure?: Failure }
  /** `sent` is being saved; the user can continue to edit meanwhile. */
  | { phase: "saving"; sent: WidgetContent }
  | { phase: "conflict"; theirs: WidgetView };

/** Why nothing was saved, if the content was not the reason. */
export interface Failure {
  reason: string;
  /** Seconds until another try makes sense. */
  retryAfter?: number;
}

export function openDraft(saved: WidgetView): Draft {
  return { phase: "editing", saved, content: saved.content, problems: {} };
}

/** True if there are changes that the service does not have. */
export function isUnsaved(draft: Draft): boolean {
  return !same(draft.content, draft.saved.content);
}

/** Some members of a content. Hours that are undefined are removed. */
export type ContentChange = Partial<Omit<WidgetContent, "hours">> & {
  hours?: WidgetContent["hours"] | undefined;
};

/** Changes some members, and checks the displayed errors again. */
export function edit(draft: Draft, change: ContentChange): Draft {
  const { hours, ...others } = change;
  const edited = { ...draft.content, ...others };
  const content = "hours" in change ? withHours(edited, hours) : edited;
  return { ...draft, content, problems: stillWrong(draft.problems, content) };
}

/** Goes back to the saved content. */
export function discard(draft: Draft): Draft {
  return openDraft(draft.saved);
}

/** Checks the content, and starts to save if it is valid and has changed. */
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

/** Returns the draft after a save; later changes stay. */
export function wasSaved(draft: Draft, view: WidgetView): Draft {
  const untouched = draft.phase !== "saving" || draft.content === draft.sent;
  const content = untouched ? view.content : draft.content;
  return { phase: "editing", saved: view, content, problems: {} };
}

/** Returns the draft after a rejected save. */
export function wasRefused(
  { saved, content }: Draft,
  { problems = {}, failure }: { problems?: Problems; failure?: Failure },
): Draft {
  const draft: Draft = { phase: "editing", saved, content, problems };
  return failure === undefined ? draft : { ...draft, failure };
}

/** Returns the draft after another admin has saved `theirs`. */
export function hasConflict(
  { saved, content, problems }: Draft,
  theirs: WidgetView,
): Draft {
  return { phase: "conflict", theirs, saved, content, problems };
}

/** Uses their state and discards this page's changes. */
export function takeTheirs(draft: Draft): Draft {
  return draft.phase === "conflict" ? openDraft(draft.theirs) : draft;
}

/** The next save replaces their state with this page's content. */
export function keepMine(draft: Draft): Draft {
  if (draft.phase !== "conflict") return draft;
  const { theirs: saved, content } = draft;
  return { phase: "editing", saved, content, problems: {} };
}

/** Continues to edit without a choice. The next save finds the same conflict. */
export function lookAgain({ saved, content, problems }: Draft): Draft {
  return { phase: "editing", saved, content, problems };
}

/** Applies a newer state of the service if there are no changes here. */
export function refresh(draft: Draft, view: WidgetView): Draft {
  if (draft.phase !== "editing" || isUnsaved(draft)) return draft;
  return view.revision === draft.saved.revision ? draft : openDraft(view);
}

/** Returns the displayed errors that the schemas still report. An error that
 * only the service reported disappears with the first change. */
function stillWrong(shown: Problems, content: WidgetContent): Problems {
  if (Object.keys(shown).length === 0) return shown;
  const now = Object.entries(problemsOf(tidy(content)));
  return Object.fromEntries(now.filter(([path]) => Object.hasOwn(shown, path)));
}
