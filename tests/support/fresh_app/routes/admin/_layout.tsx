import { define } from "../../define.ts";

export default define.layout(({ Component, url }) => (
  <section class="admin">
    <nav>{url.pathname}</nav>
    <Component />
  </section>
));
