const HASH = /^#widget-([0-9a-f]{32})$/;

/** Returns the id of a widget's panel in the page of all widgets. */
export function panelId(uuid: string): string {
  return `widget-${uuid}`;
}

/** Returns the address at which a widget is edited. */
export function panelHref(uuid: string): string {
  return `/admin#${panelId(uuid)}`;
}

/** Returns the widget that the hash of an address names, if any. */
export function addressedWidget(hash: string): string | undefined {
  return HASH.exec(hash)?.[1];
}
