import { useRef, useState } from "preact/hooks";
import { Eye, EyeOff, WandSparkles } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import { PASSWORD_LENGTH_MIN } from "@/lib/model/account.ts";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { CopyButton } from "../admin/copy_button.tsx";
import { useLanguage } from "../admin/language.tsx";

/** A person's new password, which can be made up, shown and copied. */
export function PasswordField(props: {
  password: string;
  error: string | undefined;
  /** True if the person is new and needs one. */
  isNew: boolean;
  makeUp: () => string;
  onPassword: (password: string) => void;
}) {
  const { texts: { people } } = useLanguage();
  const { password, isNew } = props;
  const [isShown, show] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div class="password-row" ref={row}>
      <TextInput
        label={isNew ? people.password : people.newPassword}
        hint={isNew
          ? fill(people.passwordHint, { min: PASSWORD_LENGTH_MIN })
          : people.newPasswordHint}
        type={isShown ? "text" : "password"}
        dir="ltr"
        autocomplete="new-password"
        spellcheck={false}
        value={password}
        error={props.error}
        onText={props.onPassword}
      />
      <IconButton
        kind="plain"
        label={isShown ? people.hidePassword : people.showPassword}
        onClick={() => show(!isShown)}
      >
        <Icon size={16} aria-hidden="true" />
      </IconButton>
      <Button
        icon={<WandSparkles size={16} aria-hidden="true" />}
        onClick={() => {
          props.onPassword(props.makeUp());
          show(true);
        }}
      >
        {people.generate}
      </Button>
      {isShown && password !== "" && (
        <div class="copy-box">
          <CopyButton
            text={password}
            button={people.copyPassword}
            source={() => row.current?.querySelector("input") ?? null}
          />
        </div>
      )}
    </div>
  );
}
