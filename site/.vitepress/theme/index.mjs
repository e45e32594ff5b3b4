// VitePress's own theme with the reader's own fonts, and recordings of a terminal.
import "asciinema-player/dist/bundle/asciinema-player.css";
import { withBase } from "vitepress";
import theme from "vitepress/theme-without-fonts";
import { h, onMounted, ref } from "vue";
import "./style.css";

/** `<Recording name="up" />`: what `npm run record` has made. */
const Recording = {
  props: { name: String },
  setup({ name }) {
    const place = ref();
    onMounted(async () => {
      const { create } = await import("asciinema-player");
      create(withBase(`/recordings/${name}.cast`), place.value, {
        poster: "npt:1:00",
        fit: "width",
      });
    });
    return () => h("div", { ref: place, class: "recording" });
  },
};

export default {
  extends: theme,
  enhanceApp: ({ app }) => app.component("Recording", Recording),
};
