import { useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import { PBX_PASSWORD_LENGTH_MAX } from "@/lib/protocol/admin/pbx.ts";
import { Button } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { CopyBox } from "@/components/admin/copy_box.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import type { PbxModel } from "./pbx_model.ts";

/** The values to enter on the PBX, and the shared password. */
export function SetUp({ model }: { model: PbxModel }) {
  const { texts: { pbx: texts } } = useLanguage();
  const { framers } = model.view.value;
  return (
    <section class="panel pbx-setup" aria-labelledby="pbx-setup">
      <h2 id="pbx-setup">{texts.setUp}</h2>
      <p>{texts.setUpLead}</p>
      <ol>
        <li>{texts.setUpName}</li>
        <li>
          {texts.url}
          <CopyBox
            text={model.view.value.appUrl}
            label={texts.urlLabel}
            button={texts.copyUrl}
          />
        </li>
        <li>{texts.setUpPassword}</li>
        <li>{texts.setUpWebsocket}</li>
        <li>{texts.setUpRights}</li>
        <li>{texts.setUpAssign}</li>
      </ol>
      <p class="soft">
        {framers.length === 0
          ? texts.framersNone
          : fill(texts.framers, { origins: framers.join(", ") })}
      </p>
      <Password model={model} />
    </section>
  );
}

function Password({ model }: { model: PbxModel }) {
  const { texts: { pbx: texts } } = useLanguage();
  const [password, setPassword] = useState("");
  const source = model.view.value.password;
  if (source === "environment") {
    return <Banner kind="info">{texts.passwordEnvironment}</Banner>;
  }
  async function save(event: Event): Promise<void> {
    event.preventDefault();
    if (await model.savePassword(password)) setPassword("");
  }
  return (
    <form class="form pbx-password" onSubmit={save}>
      {source === "unreadable" && (
        <Banner kind="danger">{texts.passwordUnreadable}</Banner>
      )}
      {source === "none" && <Banner kind="warning">{texts.passwordNone}
      </Banner>}
      {source === "stored" && (
        <Banner kind="good">{texts.passwordStored}</Banner>
      )}
      <TextInput
        label={texts.password}
        hint={texts.passwordHint}
        type="password"
        autocomplete="off"
        dir="ltr"
        limit={PBX_PASSWORD_LENGTH_MAX}
        value={password}
        onText={setPassword}
      />
      <Button
        kind="primary"
        type="submit"
        busy={model.isSaving.value}
        disabled={password === "" ||
          password.length > PBX_PASSWORD_LENGTH_MAX}
      >
        {texts.savePassword}
      </Button>
    </form>
  );
}
