import { useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import { problemText, reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import {
  PERSONAL_REPLIES_MAX,
  REPLY_NAME_LENGTH_MAX,
  REPLY_TEXT_LENGTH_MAX,
  REPLY_VARIABLES,
  SHARED_REPLIES_MAX,
} from "@/lib/model/saved_reply.ts";
import type { CallError } from "@/lib/protocol/admin/json_client.ts";
import type { SavedReplyView } from "@/lib/protocol/admin/saved_replies.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Select } from "@/lib/ui/choice.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { TextArea, TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { languageName } from "../widget_editor/language_name.ts";
import {
  formOf,
  newForm,
  refusedReplyFields,
  type ReplyForm,
  type ReplyProblems,
  replyProblems,
  unknownVariable,
} from "./reply_form.ts";
import type { ReplyModel } from "./reply_model.ts";

export interface ReplyDialogProps {
  /** The reply to edit; absent for a new one. */
  reply?: SavedReplyView;
  model: ReplyModel;
  /** The kinds of replies that the user can add. */
  can: { share: boolean; own: boolean };
  /** Tags of the languages to choose from. */
  languages: readonly string[];
  onClose: () => void;
}

/** One saved reply: name, language, text. */
export function ReplyDialog(props: ReplyDialogProps) {
  const { texts: { replies: texts, common } } = useLanguage();
  const { reply, onClose } = props;
  const state = useReplyForm(props);
  const { form, problems, change } = state;
  return (
    <Dialog
      title={reply
        ? fill(texts.editTitle, { name: reply.name })
        : texts.addTitle}
      closeLabel={common.close}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            kind="primary"
            type="submit"
            form="reply-form"
            busy={state.isBusy}
          >
            {reply ? common.save : texts.addConfirm}
          </Button>
        </>
      }
    >
      <form id="reply-form" class="form" noValidate onSubmit={state.submit}>
        <Failure {...state} />
        <NameField {...{ form, problems, change }} />
        {!reply && props.can.share && props.can.own && (
          <Kind {...{ form, change }} />
        )}
        <LanguageField {...{ form, change }} languages={props.languages} />
        <TextField {...{ form, problems, change }} />
      </form>
    </Dialog>
  );
}

type FormState = ReturnType<typeof useReplyForm>;

function useReplyForm({ reply, model, can, onClose }: ReplyDialogProps) {
  const [form, setForm] = useState(
    reply ? formOf(reply) : newForm({ isShared: can.share }),
  );
  const [base, setBase] = useState(reply);
  const [problems, setProblems] = useState<ReplyProblems>({});
  const [failure, setFailure] = useState<CallError>();
  const [isBusy, setBusy] = useState(false);
  function change(part: Partial<ReplyForm>): void {
    setForm((before) => ({ ...before, ...part }));
    setProblems((before) => {
      const left = { ...before };
      for (const key of Object.keys(part)) Reflect.deleteProperty(left, key);
      return left;
    });
  }
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const found = replyProblems(form);
    setProblems(found);
    if (isBusy || Object.keys(found).length > 0) return;
    setBusy(true);
    const error = base ? await model.save(base, form) : await model.add(form);
    // The next save replaces the newer state, which the dialog shows.
    const newer = base && error?.reason === "conflict"
      ? await model.reread(base)
      : undefined;
    setBusy(false);
    if (error === undefined) return onClose();
    setProblems(refusedReplyFields(error));
    if (newer?.ok && newer.value) setBase(newer.value);
    setFailure(newer ? failureAfter(newer, error) : error);
  }
  return { form, base, problems, failure, isBusy, change, submit };
}

/** The error to show after a conflict and the look at the newer state. */
function failureAfter(
  newer: Awaited<ReturnType<ReplyModel["reread"]>>,
  conflict: CallError,
): CallError {
  if (!newer.ok) return newer.error;
  return newer.value ? conflict : { reason: "not-found", text: "" };
}

/** An error that belongs to no field. */
function Failure({ failure, base, form, problems }: FormState) {
  const { texts } = useLanguage();
  if (failure === undefined || Object.keys(problems).length > 0) return null;
  if (failure.reason === "conflict" && base) {
    return (
      <Banner kind="warning" live>
        <p>{texts.replies.conflict}</p>
        <p class="reply-text">{base.text}</p>
      </Banner>
    );
  }
  return (
    <Banner kind="danger" live>
      {failure.reason === "too-many"
        ? fill(texts.replies.tooMany, {
          max: form.isShared ? SHARED_REPLIES_MAX : PERSONAL_REPLIES_MAX,
        })
        : reasonText(failure.reason, texts)}
    </Banner>
  );
}

type FieldProps = Pick<FormState, "form" | "problems" | "change">;

function NameField({ form, problems, change }: FieldProps) {
  const { texts } = useLanguage();
  return (
    <TextInput
      label={texts.replies.name}
      hint={texts.replies.nameHint}
      autocomplete="off"
      autoFocus
      limit={REPLY_NAME_LENGTH_MAX}
      value={form.name}
      error={errorText(problems.name, texts)}
      onText={(name) => change({ name })}
    />
  );
}

function Kind({ form, change }: Omit<FieldProps, "problems">) {
  const { texts: { replies: texts } } = useLanguage();
  return (
    <Select
      label={texts.forWhom}
      value={form.isShared ? "shared" : "personal"}
      options={[
        { value: "shared", label: texts.sharedHint },
        { value: "personal", label: texts.personalHint },
      ]}
      onChoose={(kind) => change({ isShared: kind === "shared" })}
    />
  );
}

function LanguageField(
  { form, change, languages }: Omit<FieldProps, "problems"> & {
    languages: readonly string[];
  },
) {
  const { texts: { replies: texts }, lang } = useLanguage();
  // One from an archive may have a language that is not among them.
  const tags = new Set([...languages, form.lang].filter((tag) => tag !== ""));
  const { compare } = new Intl.Collator(lang);
  const options = [...tags]
    .map((value) => ({ value, label: languageName(value, lang) }))
    .sort((a, b) => compare(a.label, b.label));
  return (
    <Select
      label={texts.language}
      value={form.lang}
      options={[{ value: "", label: texts.allLanguages }, ...options]}
      onChoose={(chosen) => change({ lang: chosen })}
    />
  );
}

function TextField({ form, problems, change }: FieldProps) {
  const { texts } = useLanguage();
  const { replies } = texts;
  const unknown = unknownVariable(form.text);
  const names = REPLY_VARIABLES.map((name) => `{${name}}`).join(", ");
  return (
    <>
      <TextArea
        label={replies.text}
        hint={replies.variables}
        rows={4}
        limit={REPLY_TEXT_LENGTH_MAX}
        value={form.text}
        error={errorText(problems.text, texts)}
        onText={(text) => change({ text })}
      />
      {unknown && (
        <Banner kind="warning" live>
          {fill(replies.unknownVariable, { name: unknown, names })}
        </Banner>
      )}
    </>
  );
}

function errorText(
  problem: string | undefined,
  texts: AdminTexts,
): string | undefined {
  return problem === undefined ? undefined : problemText(problem, texts);
}
