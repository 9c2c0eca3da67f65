import { useEffect, useState } from "preact/hooks";
import { LogOut, Monitor, Moon, Sun, UserRound } from "lucide-preact";
import { switchOff } from "@/desk/switched_on.ts";
import { forgetTab } from "@/desk/tab_storage.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { LANGUAGE_NAMES } from "@/lib/i18n/admin/languages.ts";
import { onOwnAccount } from "@/components/account/own_account.ts";
import { ownPictureUrl } from "@/components/account/own_picture_url.ts";
import { Avatar } from "@/lib/ui/avatar.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Menu } from "@/lib/ui/menu.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { withOwnIds } from "@/lib/ui/own_id.tsx";

type Shown = Pick<AccountMenuProps, "displayName" | "picture">;

export interface AccountMenuProps {
  displayName: string;
  /** Id of the picture; "" for none. */
  picture: string;
  lang: string;
  theme: "auto" | "light" | "dark";
  /** The current page, to return to. */
  back: string;
  texts: {
    account: string;
    ownAccount: string;
    language: string;
    theme: string;
    themeAuto: string;
    themeLight: string;
    themeDark: string;
    signOut: string;
  };
}

/** The account, language, theme and sign-out: links and forms, so that it works
 * without JavaScript. */
function AccountMenu(props: AccountMenuProps) {
  const { texts } = props;
  const [{ displayName, picture }, show] = useState<Shown>(props);
  useEffect(forgetTabOnSignOut, []);
  useEffect(() =>
    onOwnAccount(({ displayName, picture = "" }) => {
      show({ displayName, picture });
    }), []);
  return (
    <Menu
      label={fill(texts.account, { name: displayName })}
      trigger={
        <>
          <Avatar
            size="small"
            name={displayName}
            src={picture && ownPictureUrl(picture)}
          />
          <span class="account-name" {...NOT_TRANSLATED}>{displayName}</span>
        </>
      }
    >
      <p class="menu-title" {...NOT_TRANSLATED}>{displayName}</p>
      <a class="menu-item" href="/account">
        <UserRound size={16} aria-hidden="true" />
        {texts.ownAccount}
      </a>
      <hr class="menu-rule" />
      <Languages {...props} />
      <Themes {...props} />
      <hr class="menu-rule" />
      <form method="post" action="/logout">
        <button type="submit" class="menu-item">
          <LogOut size={16} aria-hidden="true" />
          {texts.signOut}
        </button>
      </form>
    </Menu>
  );
}

export default withOwnIds("account-menu", AccountMenu);

/**
 * Deletes what the desk has stored on sign-out, because the next person at this
 * browser must not find it. Listens on the window, after all code that may
 * ask first.
 */
function forgetTabOnSignOut(): () => void {
  function onSubmit({ defaultPrevented, target }: Event): void {
    if (defaultPrevented || !(target instanceof HTMLFormElement)) return;
    if (new URL(target.action).pathname !== "/logout") return;
    switchOff();
    try {
      forgetTab(sessionStorage);
    } catch {
      // Storage is blocked, so nothing was stored.
    }
  }
  addEventListener("submit", onSubmit);
  return () => removeEventListener("submit", onSubmit);
}

function Languages({ lang, back, texts }: AccountMenuProps) {
  return (
    <form method="post" action="/preferences" class="menu-choice">
      <input type="hidden" name="back" value={back} />
      <p class="label">{texts.language}</p>
      <div class="choice-buttons">
        {Object.entries(LANGUAGE_NAMES).map(([tag, name]) => (
          <Button
            key={tag}
            type="submit"
            size="small"
            name="lang"
            value={tag}
            lang={tag}
            aria-pressed={tag === lang ? "true" : "false"}
          >
            {name}
          </Button>
        ))}
      </div>
    </form>
  );
}

function Themes({ theme, back, texts }: AccountMenuProps) {
  const themes = [
    { value: "auto", label: texts.themeAuto, Icon: Monitor },
    { value: "light", label: texts.themeLight, Icon: Sun },
    { value: "dark", label: texts.themeDark, Icon: Moon },
  ] as const;
  return (
    <form
      method="post"
      action="/preferences"
      class="menu-choice"
      onSubmit={(event) => event.submitter && applyTheme(event)}
    >
      <input type="hidden" name="back" value={back} />
      <p class="label">{texts.theme}</p>
      <div class="choice-buttons">
        {themes.map(({ value, label, Icon }) => (
          <Button
            key={value}
            type="submit"
            size="small"
            name="theme"
            value={value}
            icon={<Icon size={14} aria-hidden="true" />}
            aria-pressed={value === theme ? "true" : "false"}
          >
            {label}
          </Button>
        ))}
      </div>
    </form>
  );
}

/** With JavaScript the page is not reloaded, so unsaved input stays. */
async function applyTheme(event: SubmitEvent): Promise<void> {
  const { currentTarget: form, submitter } = event;
  if (!(form instanceof HTMLFormElement)) return;
  if (!(submitter instanceof HTMLButtonElement)) return;
  event.preventDefault();
  document.documentElement.dataset.theme = submitter.value;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === submitter));
  }
  const body = new FormData(form, submitter);
  await fetch(form.action, { method: "POST", body }).catch(() => {});
}
