import type { ComponentChildren } from "preact";
import {
  ChartColumn,
  Headset,
  Mail,
  MessagesSquare,
  PanelsTopLeft,
  PhoneCall,
  ScrollText,
  Users,
  Waypoints,
} from "lucide-preact";
import AccountMenu from "@/islands/account_menu.tsx";
import DeskStatus from "@/islands/desk_status.tsx";
import MessageCount from "@/islands/message_count.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { DESK_LANGUAGES } from "@/lib/i18n/desk/languages.ts";
import type { Account } from "@/lib/model/account.ts";
import { AppShell, type NavigationItem } from "@/lib/ui/app_shell.tsx";
import { themeOf } from "@/lib/web/preferences.ts";
import { define, type State } from "@/lib/web/state.ts";

/** The frame of all pages for signed-in users: admin and desk. */
export default define.layout(({ Component, state, url, req }) => {
  const { account, lang } = state;
  // Until the password is changed, no link would work.
  if (account === undefined || account.mustChangePassword) return <Component />;
  const { common } = ADMIN_LANGUAGES[lang];
  const isAtDesk = url.pathname === "/desk";
  const isAgent = account.roles.includes("agent");
  const status = isAgent && !isAtDesk &&
    statusOf(account, state.services.ownDesk, lang);
  const menu = (
    <AccountMenu
      displayName={account.displayName}
      picture={account.picture ?? ""}
      lang={lang}
      theme={themeOf(req)}
      back={url.pathname}
      texts={{
        account: common.account,
        ownAccount: common.ownAccount,
        language: common.language,
        theme: common.theme,
        themeAuto: common.themeAuto,
        themeLight: common.themeLight,
        themeDark: common.themeDark,
        signOut: common.signOut,
      }}
    />
  );
  const count = (
    <MessageCount
      first={state.openMessages}
      text={common.openMessages}
      lang={lang}
    />
  );
  return (
    <AppShell
      product={common.product}
      navigationLabel={common.navigation}
      skipLabel={common.skip}
      items={itemsFor(account, url.pathname, { texts: common, count })}
      account={
        <>
          {status}
          {menu}
        </>
      }
    >
      <Component />
    </AppShell>
  );
});

/** Returns the state of an agent's desk for the bar. */
function statusOf(
  account: Account,
  ownDesk: State["services"]["ownDesk"],
  lang: State["lang"],
) {
  const { status, ring, someone, titleWaiting, callbacks } =
    DESK_LANGUAGES[lang];
  return (
    <DeskStatus
      account={account.id}
      state={ownDesk.known(account)}
      texts={status}
      alerts={{
        ring,
        someone,
        titleWaiting,
        callbacks: { due: callbacks.due },
      }}
      lang={lang}
      label={ADMIN_LANGUAGES[lang].common.desk}
    />
  );
}

/** All sections, in their order. */
const PLACES = [
  { role: "admin", href: "/admin", name: "widgets", Icon: PanelsTopLeft },
  { role: "admin", href: "/admin/people", name: "people", Icon: Users },
  { role: undefined, href: "/messages", name: "messages", Icon: Mail },
  {
    role: "admin",
    href: "/admin/contacts",
    name: "contacts",
    Icon: MessagesSquare,
  },
  {
    role: "admin",
    href: "/admin/statistics",
    name: "statistics",
    Icon: ChartColumn,
  },
  { role: "admin", href: "/admin/pbx", name: "pbx", Icon: PhoneCall },
  { role: "admin", href: "/admin/network", name: "network", Icon: Waypoints },
  { role: "admin", href: "/admin/audit", name: "audit", Icon: ScrollText },
  { role: "agent", href: "/desk", name: "desk", Icon: Headset },
] as const;

/** Returns the sections that this account can open. */
function itemsFor(
  { roles }: Account,
  path: string,
  { texts, count }: {
    texts: Record<(typeof PLACES)[number]["name"], string>;
    /** The number of messages. */
    count: ComponentChildren;
  },
): NavigationItem[] {
  return PLACES
    .filter(({ role }) => role === undefined || roles.includes(role))
    .map(({ href, name, Icon }) => ({
      href,
      label: texts[name],
      icon: <Icon size={16} aria-hidden="true" />,
      current: path === href,
      ...name === "messages" && { note: count },
    }));
}
