import { useEffect, useRef, useState } from "preact/hooks";
import { fill } from "@/lib/i18n/fill.ts";
import { PASSWORD_LENGTH_MIN } from "@/lib/model/account.ts";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { sendOnce } from "@/components/admin/send_once.ts";
import {
  passwordStrength,
  type Strength,
} from "@/components/admin/password_strength.ts";

export interface NewPasswordProps {
  /** True if the first field has the focus after loading. */
  autoFocus?: boolean;
  errors: { password?: string; repeat?: string };
  texts: {
    password: string;
    passwordHint: string;
    passwordAgain: string;
    passwordsDiffer: string;
    strength: string;
  } & Record<Strength, string>;
}

/** A new password in two fields. With JavaScript it shows the strength, and a
 * double press submits its form once. */
function NewPassword(
  { autoFocus = false, errors, texts }: NewPasswordProps,
) {
  const [password, setPassword] = useState("");
  const [repeat, setRepeat] = useState("");
  const [isLeft, setLeft] = useState(false);
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const form = place.current?.closest("form");
    return form ? sendOnce(form) : undefined;
  }, []);
  const strength = passwordStrength(password);
  const hint = fill(texts.passwordHint, { min: PASSWORD_LENGTH_MIN });
  const differs = isLeft && repeat !== "" && repeat !== password;
  const common = {
    type: "password",
    autocomplete: "new-password",
    required: true,
    minLength: PASSWORD_LENGTH_MIN,
  } as const;
  return (
    <>
      <span hidden ref={place} />
      <TextInput
        {...common}
        name="password"
        autoFocus={autoFocus}
        label={texts.password}
        hint={
          <>
            {hint}
            {password && (
              <span class={`strength strength-${strength}`} role="status">
                {fill(texts.strength, { word: texts[strength] })}
              </span>
            )}
          </>
        }
        error={password ? undefined : errors.password}
        value={password}
        onText={setPassword}
      />
      <TextInput
        {...common}
        name="repeat"
        label={texts.passwordAgain}
        error={differs
          ? texts.passwordsDiffer
          : repeat
          ? undefined
          : errors.repeat}
        value={repeat}
        onText={setRepeat}
        onBlur={() => setLeft(true)}
      />
    </>
  );
}

export default withOwnIds("new-password", NewPassword);
