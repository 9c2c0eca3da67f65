import { useState } from "preact/hooks";
import { problemText, reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import {
  API_SCOPES,
  type ApiScope,
  TOKEN_NAME_LENGTH_MAX,
} from "@/lib/model/api_token.ts";
import type { CallError } from "@/lib/protocol/admin/client.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Checkbox, Select } from "@/lib/ui/choice.tsx";
import { Dialog } from "@/lib/ui/dialog.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { useLanguage } from "../admin/language.tsx";
import {
  NEW_TOKEN,
  TOKEN_DAYS,
  type TokenForm,
  type TokenModel,
  type TokenProblems,
  tokenProblems,
} from "./token_model.ts";

/** Asks for the name, the permissions and the expiry of a new token. */
export function TokenDialog({ model, onClose }: {
  model: TokenModel;
  onClose: () => void;
}) {
  const { texts } = useLanguage();
  const { tokens, common } = texts;
  const state = useTokenForm(model, onClose);
  const { form, problems, failure, change } = state;
  return (
    <Dialog
      title={tokens.add}
      closeLabel={common.close}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button
            kind="primary"
            type="submit"
            form="token-form"
            busy={state.isBusy}
          >
            {tokens.add}
          </Button>
        </>
      }
    >
      <form id="token-form" class="form" noValidate onSubmit={state.submit}>
        {failure && (
          <Banner kind="danger" live>
            {reasonText(failure.reason, texts)}
          </Banner>
        )}
        <TextInput
          label={tokens.name}
          hint={tokens.nameHint}
          autocomplete="off"
          limit={TOKEN_NAME_LENGTH_MAX}
          autoFocus
          value={form.name}
          error={problems.name && problemText(problems.name, texts)}
          onText={(name) => change({ name })}
        />
        <Scopes {...{ form, problems, change }} />
        <Select
          label={tokens.expiry}
          value={form.days}
          options={TOKEN_DAYS.map((value) => ({
            value,
            label: tokens.days[value],
          }))}
          onChoose={(days) => change({ days })}
        />
      </form>
    </Dialog>
  );
}

function useTokenForm(model: TokenModel, onClose: () => void) {
  const [form, setForm] = useState(NEW_TOKEN);
  const [problems, setProblems] = useState<TokenProblems>({});
  const [failure, setFailure] = useState<CallError>();
  const [isBusy, setBusy] = useState(false);
  function change(part: Partial<TokenForm>): void {
    setForm((before) => ({ ...before, ...part }));
    setProblems({});
  }
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const found = tokenProblems(form);
    setProblems(found);
    if (isBusy || Object.keys(found).length > 0) return;
    setBusy(true);
    const error = await model.create(form);
    setBusy(false);
    setFailure(error);
    if (error === undefined) onClose();
  }
  return { form, problems, failure, isBusy, change, submit };
}

function Scopes({ form, problems, change }: {
  form: TokenForm;
  problems: TokenProblems;
  change: (part: Partial<TokenForm>) => void;
}) {
  const { texts } = useLanguage();
  const { tokens } = texts;
  const toggle = (scope: ApiScope, isOn: boolean) =>
    API_SCOPES.filter((one) =>
      one === scope ? isOn : form.scopes.includes(one)
    );
  return (
    <fieldset class="ways">
      <legend class="label">{tokens.scopes}</legend>
      {API_SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          label={tokens.scope[scope]}
          checked={form.scopes.includes(scope)}
          onToggle={(isOn) => change({ scopes: toggle(scope, isOn) })}
        />
      ))}
      {problems.scopes && (
        <p class="error" role="alert">{problemText(problems.scopes, texts)}</p>
      )}
    </fieldset>
  );
}
