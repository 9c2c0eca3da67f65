import { useMemo, useState } from "preact/hooks";
import { LANGUAGE_NAMES } from "@/lib/i18n/admin/languages.ts";
import { problemText } from "@/lib/i18n/admin/refusal_text.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { AccountView } from "@/lib/protocol/admin/messages.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Select } from "@/lib/ui/choice.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import {
  AccountModel,
  nameProblem,
} from "@/components/account/account_model.ts";
import { tellOwnAccount } from "@/components/account/own_account.ts";
import { ownPictureUrl } from "@/components/account/own_picture_url.ts";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { Ready } from "@/components/admin/ready.tsx";
import { PictureField } from "@/components/widget_editor/picture_field.tsx";

export interface AccountPageProps {
  language: Language;
  account: AccountView;
  /** True for a user of a PBX, who has no password here. */
  isOfPbx: boolean;
  /** True if the password has just been changed. */
  isPasswordChanged: boolean;
}

/** One's own account: name, language, picture, and a link to the password. */
function AccountPage(props: AccountPageProps) {
  const { language } = props;
  const model = useMemo(
    () =>
      new AccountModel(props.account, {
        client: new AdminClient(),
        toasts: new ToastList(),
        texts: language.texts,
        onSaved: tellOwnAccount,
      }),
    [],
  );
  const { ownAccount: texts } = language.texts;
  return (
    <LanguageProvider language={language}>
      <PageHeader title={texts.title} lead={texts.lead} />
      {props.isPasswordChanged && (
        <Banner kind="good" live>{texts.passwordChanged}</Banner>
      )}
      <div class="own-account">
        <Ready>
          <Profile model={model} />
          <Picture model={model} />
        </Ready>
        <PasswordPart isOfPbx={props.isOfPbx} />
      </div>
      <Toasts
        list={model.toasts}
        closeLabel={language.texts.common.close}
      />
    </LanguageProvider>
  );
}

export default withOwnIds("account-page", AccountPage);

function Profile({ model }: { model: AccountModel }) {
  const { texts } = useLanguage();
  const { ownAccount: own, common } = texts;
  const { form, change, problem, failure, isBusy, submit } = useProfile(model);
  const languages = Object.entries(LANGUAGE_NAMES)
    .map(([value, label]) => ({ value, label }));
  return (
    <form class="panel own-part form" noValidate onSubmit={submit}>
      {failure && <Banner kind="danger" live>{failure}</Banner>}
      <TextInput
        label={own.displayName}
        hint={own.displayNameHint}
        autocomplete="name"
        limit={64}
        value={form.displayName}
        error={problem && problemText(problem, texts)}
        onText={(displayName) => change({ displayName })}
      />
      <TextInput
        label={own.signInName}
        hint={own.signInNameHint}
        disabled
        value={model.account.value.name}
      />
      <Select
        label={own.language}
        hint={own.languageHint}
        value={form.language}
        options={[{ value: "", label: own.asBrowser }, ...languages]}
        onChoose={(language) => change({ language })}
      />
      <div class="standalone-actions">
        <Button kind="primary" type="submit" busy={isBusy}>
          {common.save}
        </Button>
      </div>
    </form>
  );
}

function useProfile(model: AccountModel) {
  const { displayName, language = "" } = model.account.value;
  const [form, setForm] = useState({ displayName, language });
  const [problem, setProblem] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  function change(part: Partial<typeof form>): void {
    setForm((before) => ({ ...before, ...part }));
    setProblem(undefined);
  }
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const found = nameProblem(form.displayName);
    setProblem(found);
    if (isBusy || found !== undefined) return;
    setBusy(true);
    const error = await model.save(form);
    setBusy(false);
    setFailure(error);
    // The whole page is in the language of its request, so reload it.
    if (error === undefined && form.language !== language) location.reload();
  }
  return { form, change, problem, failure, isBusy, submit };
}

function Picture({ model }: { model: AccountModel }) {
  const { texts: { ownAccount: texts } } = useLanguage();
  return (
    <section class="panel own-part" aria-labelledby="own-picture">
      <h2 id="own-picture">{texts.pictureTitle}</h2>
      <p class="soft">{texts.pictureLead}</p>
      <PictureField
        picture={model.account.value.picture ?? ""}
        urlOf={ownPictureUrl}
        api={{ uploadPicture: (picture) => model.upload(picture) }}
        onPicture={(id) => {
          if (id === "") model.removePicture();
        }}
      />
    </section>
  );
}

function PasswordPart({ isOfPbx }: { isOfPbx: boolean }) {
  const { texts: { ownAccount: texts } } = useLanguage();
  return (
    <section class="panel own-part" aria-labelledby="own-password">
      <h2 id="own-password">{texts.passwordTitle}</h2>
      <p class="soft">
        {isOfPbx ? texts.passwordOfPbx : texts.passwordLead}
      </p>
      {!isOfPbx && (
        <div class="standalone-actions">
          <ButtonLink href="/account/password">
            {texts.changePassword}
          </ButtonLink>
        </div>
      )}
    </section>
  );
}
