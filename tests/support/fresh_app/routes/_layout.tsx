import { define } from "../define.ts";

export default define.layout(({ Component, url }) => (
  <section>
    <nav>
      <a href="/">Start</a>
      <a href="/admin">Admin</a>
      <a href="/admin/7?tab=2">Seven</a>
      <a href="/administration">Other</a>
      <a href="/admin/" aria-current="false">Given</a>
      {url.pathname}
    </nav>
    <Component />
  </section>
));
