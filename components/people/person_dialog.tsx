import { useState } from "preact/hooks";
import type { Role } from "@/lib/model/account.ts";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import type { CallError } from "@/lib/protocol/admin/client.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { problemText, reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Checkbox } from "@/lib/ui/choice.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import { PasswordField } from "./password_field.tsx";
import type { PeopleModel } from "./people_model.ts";
import {
  formOf,
  NEW_PERSON,
  type PersonForm,
  type PersonProblems,
  personProblems,
  refusedFields,
} from "./person_form.ts";
import { withRole } from "./person_form.ts";

export interface PersonDialogProps {
  /** The person to edit; absent for a new one. */
  person?: PersonView;
  model: PeopleModel;
  /** The account of the current user. */
  ownId: string;
  onClose: () => void;
}

/** One account: name, roles, password. */
export function PersonDialog(props: PersonDialogProps) {
  const { texts } = useLanguage();
  const { people, common } = texts;
  const { person, onClose } = props;
  const state = usePersonForm(props);
  const isOfPbx = person?.pbxUser !== undefined;
  const isOwn = person?.id === props.ownId && !isOfPbx;
  const title = person === undefined
    ? people.addTitle
    : fill(people.editTitle, { name: person.displayName });
  const footer = (
    <>
      <Button onClick={onClose}>{common.cancel}</Button>
      <Button
        kind="primary"
        type="submit"
        form="person-form"
        busy={state.isBusy}
      >
        {person === undefined ? people.addConfirm : common.save}
      </Button>
    </>
  );
  return (
    <Dialog
      title={title}
      closeLabel={common.close}
      onClose={onClose}
      footer={footer}
    >
      <form id="person-form" class="form" noValidate onSubmit={state.submit}>
        <Failure {...state} />
        <Names {...state} person={person} />
        <Roles {...state} isOfPbx={isOfPbx} />
        {isOwn && <OwnPassword />}
        {!isOwn && !isOfPbx && (
          <PasswordField
            isNew={person === undefined}
            password={state.form.password}
            error={errorText(state.problems.password, texts)}
            makeUp={() => props.model.makeUpPassword()}
            onPassword={(password) => state.change({ password })}
          />
        )}
      </form>
    </Dialog>
  );
}

type FormState = ReturnType<typeof usePersonForm>;

function usePersonForm({ person, model, onClose }: PersonDialogProps) {
  const [form, setForm] = useState(person ? formOf(person) : NEW_PERSON);
  const [base, setBase] = useState(person);
  const [problems, setProblems] = useState<PersonProblems>({});
  const [failure, setFailure] = useState<CallError>();
  const [isBusy, setBusy] = useState(false);
  function change(part: Partial<PersonForm>): void {
    setForm((before) => ({ ...before, ...part }));
    setProblems((before) => {
      const left = { ...before };
      for (const key of Object.keys(part)) Reflect.deleteProperty(left, key);
      return left;
    });
  }
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const found = personProblems(form, {
      isNew: base === undefined,
      isOfPbx: base?.pbxUser !== undefined,
    });
    setProblems(found);
    if (isBusy || Object.keys(found).length > 0) return;
    setBusy(true);
    const error = base === undefined
      ? await model.add(form)
      : await model.save(base, form);
    setBusy(false);
    if (error === undefined) return onClose();
    setProblems(refusedFields(error));
    setFailure(error);
  }
  /** After a conflict, the next save overwrites the newer state. */
  function settle(newer: PersonView, whose: "mine" | "theirs"): void {
    setBase(newer);
    model.take(newer);
    if (whose === "theirs") setForm(formOf(newer));
    setFailure(undefined);
  }
  return { form, problems, failure, isBusy, change, submit, settle };
}

/** Errors that belong to no field, and the choice after a conflict. */
function Failure({ failure, problems, settle }: FormState) {
  const { texts } = useLanguage();
  const { conflict } = texts;
  if (failure === undefined || Object.keys(problems).length > 0) return null;
  const newer = "currentPerson" in failure ? failure.currentPerson : undefined;
  if (newer === undefined) {
    return (
      <Banner kind="danger" live>{reasonText(failure.reason, texts)}</Banner>
    );
  }
  const roles = newer.roles.map((role) => texts.people[role]).join(", ");
  return (
    <Banner
      kind="warning"
      live
      actions={
        <>
          <Button size="small" onClick={() => settle(newer, "theirs")}>
            {conflict.takeTheirs}
          </Button>
          <Button size="small" onClick={() => settle(newer, "mine")}>
            {conflict.keepMine}
          </Button>
        </>
      }
    >
      <p>{conflict.leadPerson}</p>
      <p>
        <strong>{conflict.theirs}:</strong> {newer.displayName}, {newer.name},
        {" "}
        {roles}
      </p>
    </Banner>
  );
}

function Names({ form, problems, change, person }: FormState & {
  person: PersonView | undefined;
}) {
  const { texts } = useLanguage();
  const { people } = texts;
  const isRenamed = person?.roles.includes("agent") &&
    form.name.trim().toLowerCase() !== person.name;
  const hint = isRenamed ? people.renameWarning : people.signInNameHint;
  const nameHint = person?.pbxUser ? people.pbxNameHint : hint;
  return (
    <>
      <TextInput
        label={people.displayName}
        hint={people.displayNameHint}
        autocomplete="off"
        limit={64}
        autoFocus
        value={form.displayName}
        error={errorText(problems.displayName, texts)}
        onText={(displayName) => change({ displayName })}
      />
      <TextInput
        label={people.signInName}
        hint={nameHint}
        disabled={person?.pbxUser !== undefined}
        autocomplete="off"
        spellcheck={false}
        limit={64}
        value={form.name}
        error={errorText(problems.name, texts)}
        onText={(name) => change({ name })}
      />
    </>
  );
}

function Roles({ form, problems, change, isOfPbx }: FormState & {
  isOfPbx: boolean;
}) {
  const { texts } = useLanguage();
  const { people } = texts;
  const roles: [Role, string, string][] = [
    ["admin", people.admin, people.adminHint],
    ["agent", people.agent, people.agentHint],
  ];
  return (
    <fieldset class="ways">
      <legend class="label">{people.roles}</legend>
      {isOfPbx && <p class="soft">{people.pbxRolesHint}</p>}
      {roles.map(([role, label, hint]) => (
        <Checkbox
          key={role}
          label={label}
          hint={hint}
          checked={form.roles.includes(role)}
          onToggle={(has) => change({ roles: withRole(form.roles, role, has) })}
        />
      ))}
      {problems.roles && (
        <p class="error" role="alert">{errorText(problems.roles, texts)}</p>
      )}
    </fieldset>
  );
}

/** Changing one's own password needs the current one, so it has a separate
 * page. */
function OwnPassword() {
  const { texts: { people } } = useLanguage();
  return (
    <p class="soft">
      {people.ownPassword} <a href="/account">{people.toOwnAccount}</a>
    </p>
  );
}

function errorText(
  problem: string | undefined,
  texts: AdminTexts,
): string | undefined {
  if (problem === undefined) return undefined;
  return problem === "exists" || problem === "last-admin"
    ? reasonText(problem, texts)
    : problemText(problem, texts);
}
