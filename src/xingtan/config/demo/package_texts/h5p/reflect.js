/* A tiny content type of our own: a prompt, a choice, points; its state comes back. */
var H5P = H5P || {};
H5P.XingtanReflect = (function ($, EventDispatcher) {
  function Reflect(params, contentId, extras) {
    EventDispatcher.call(this);
    const self = this;
    self.contentId = contentId;
    const before = (extras && extras.previousState) || {};
    let chosen = typeof before.chosen === "number" ? before.chosen : null;
    self.attach = function ($container) {
      const box = document.createElement("div");
      box.className = "xingtan-reflect";
      const ask = document.createElement("h2");
      ask.textContent = params.ask;
      box.append(ask);
      params.options.forEach((text, at) => {
        const label = document.createElement("label");
        const input = document.createElement("input");
        input.type = "radio";
        input.name = `reflect-${contentId}`;
        input.value = at;
        input.checked = at === chosen;
        input.addEventListener("change", () => { chosen = at; self.triggerXAPI("interacted"); });
        label.append(input, ` ${text}`);
        box.append(label);
      });
      const said = document.createElement("p");
      said.setAttribute("role", "status");
      const done = document.createElement("button");
      done.type = "button";
      done.textContent = params.done;
      done.addEventListener("click", () => {
        if (chosen === null) return;
        const points = self.getScore();
        said.textContent = points ? params.right : params.wrong;
        self.triggerXAPIScored(points, 1, "completed", true, points === 1);
      });
      box.append(done, said);
      $container.append(box);
      self.trigger("resize");
    };
    self.getScore = () => (chosen === params.answer ? 1 : 0);
    self.getMaxScore = () => 1;
    self.getCurrentState = () => ({ chosen });
  }
  Reflect.prototype = Object.create(EventDispatcher.prototype);
  Reflect.prototype.constructor = Reflect;
  return Reflect;
})(H5P.jQuery, H5P.EventDispatcher);
