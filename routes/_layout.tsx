import {
  Headset,
  MessagesSquare,
  PanelsTopLeft,
  PhoneCall,
  ScrollText,
  Users,
  Waypoints,
} from "lucide-preact";
import AccountMenu from "@/islands/account_menu.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import type { Account } from "@/lib/model/account.ts";
import { AppShell, type NavigationItem } from "@/lib/ui/app_shell.tsx";
import { themeOf } from "@/lib/web/preferences.ts";
import { define } from "@/lib/web/state.ts";

/** The frame of the pages of somebody who is signed in: admin and desk. */
export default define.layout(({ Component, state, url, req }) => {
  const { account, lang } = state;
  if (account === undefined) return <Component />;
  const { common } = ADMIN_LANGUAGES[lang];
  const menu = (
    <AccountMenu
      displayName={account.displayName}
      lang={lang}
      theme={themeOf(req)}
      back={url.pathname}
      texts={{
        account: common.account,
        language: common.language,
        theme: common.theme,
        themeAuto: common.themeAuto,
        themeLight: common.themeLight,
        themeDark: common.themeDark,
        signOut: common.signOut,
      }}
    />
  );
  return (
    <AppShell
      product={common.product}
      navigationLabel={common.navigation}
      skipLabel={common.skip}
      items={itemsFor(account, url.pathname, common)}
      account={menu}
    >
      <Component />
    </AppShell>
  );
});

/** Where this account may go. */
function itemsFor(
  { roles }: Account,
  path: string,
  texts: Record<
    "widgets" | "people" | "contacts" | "pbx" | "network" | "audit" | "desk",
    string
  >,
): NavigationItem[] {
  const items = [
    {
      role: "admin",
      href: "/admin",
      label: texts.widgets,
      icon: <PanelsTopLeft size={16} aria-hidden="true" />,
    },
    {
      role: "admin",
      href: "/admin/people",
      label: texts.people,
      icon: <Users size={16} aria-hidden="true" />,
    },
    {
      role: "admin",
      href: "/admin/contacts",
      label: texts.contacts,
      icon: <MessagesSquare size={16} aria-hidden="true" />,
    },
    {
      role: "admin",
      href: "/admin/pbx",
      label: texts.pbx,
      icon: <PhoneCall size={16} aria-hidden="true" />,
    },
    {
      role: "admin",
      href: "/admin/network",
      label: texts.network,
      icon: <Waypoints size={16} aria-hidden="true" />,
    },
    {
      role: "admin",
      href: "/admin/audit",
      label: texts.audit,
      icon: <ScrollText size={16} aria-hidden="true" />,
    },
    {
      role: "agent",
      href: "/desk",
      label: texts.desk,
      icon: <Headset size={16} aria-hidden="true" />,
    },
  ] as const;
  return items.filter(({ role }) => roles.includes(role))
    .map((item) => ({ ...item, current: path === item.href }));
}
