namespace Tessera.Graphs;

/// <summary>The style sheet and the script of a page with a picture.</summary>
internal static class HtmlParts
{
    public const string Style =
        """
        html, body { margin: 0; height: 100%; background: #ffffff; color: #1c2733; }
        body { font: 14px Helvetica, Arial, 'Liberation Sans', sans-serif; }
        body { display: flex; flex-direction: column; overflow: hidden; }
        header { display: flex; align-items: center; gap: 16px; padding: 6px 12px; border-bottom: 1px solid #d5dde5; }
        h1 { font-size: 15px; margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .legend { display: flex; align-items: center; gap: 8px; font-size: 12px; overflow: hidden; white-space: nowrap; }
        .legend i { width: 90px; height: 12px; border: 1px solid #4a5d70; flex: none; }
        .buttons { margin-left: auto; display: flex; gap: 4px; }
        button { font: inherit; color: inherit; min-width: 30px; padding: 2px 8px; cursor: pointer; }
        button { border: 1px solid #b6c2ce; border-radius: 4px; background: #f4f7fa; }
        button:hover { background: #e4ebf2; }
        main { flex: 1; min-height: 0; min-width: 0; }
        .both { flex: 1; min-height: 0; display: flex; }
        .both aside { flex: 1.1; min-width: 0; overflow: auto; padding: 4px 14px; border-left: 1px solid #d5dde5; }
        @media (max-width: 1000px) { .both { flex-direction: column; } .both aside { border-left: 0; border-top: 1px solid #d5dde5; } }
        aside h2 { font-size: 13px; margin: 14px 0 4px; }
        aside p { margin: 6px 0; }
        aside .timeline { display: block; width: 100%; }
        aside table { border-collapse: collapse; font-size: 12px; }
        aside :is(th, td) { padding: 2px 10px 2px 0; text-align: right; white-space: nowrap; vertical-align: top; }
        aside :is(th, td):first-child { text-align: left; white-space: normal; overflow-wrap: anywhere; }
        aside th { border-bottom: 1px solid #b6c2ce; }
        main svg { display: block; width: 100%; height: 100%; cursor: grab; user-select: none; touch-action: none; }
        main svg.dragged { cursor: grabbing; }
        main svg.far .node text { display: none; }
        .edges { stroke-width: max(1.2px, calc(var(--pixel) * 0.5)); }
        .node { cursor: default; }
        .node:is(.here, .input, .reader) > :is(rect, ellipse) { stroke-width: max(3px, calc(var(--pixel) * 2)); }
        .edge:is(.input, .reader) { stroke-width: max(2.4px, calc(var(--pixel) * 1.5)); }
        .node.here > :is(rect, ellipse) { stroke: #111111; }
        .node.input > :is(rect, ellipse) { stroke: #0072b2; }
        .node.reader > :is(rect, ellipse) { stroke: #d55e00; }
        .edge.input { stroke: #0072b2; }
        .edge.reader { stroke: #d55e00; }
        #tooltip { position: fixed; max-width: 480px; padding: 6px 9px; border-radius: 4px; background: #1c2733; color: #ffffff; }
        #tooltip { font-size: 12px; line-height: 1.4; white-space: pre-wrap; overflow-wrap: anywhere; pointer-events: none; }
        """;

    /// <summary>
    /// Moving about changes the viewBox, once a frame at most. Hovering touches only the node and its neighbours, so that it takes as long
    /// among ten thousand nodes as among ten.
    /// </summary>
    public const string Script =
        """
        'use strict';
        const svg = document.querySelector('main svg'), tooltip = document.getElementById('tooltip');
        const nodes = [...svg.querySelectorAll('.node')], numbers = new Map(nodes.map((node, i) => [node, i]));
        const inputs = nodes.map(() => []), readers = nodes.map(() => []);
        for (const edge of svg.querySelectorAll('.edge')) {
          const from = Number(edge.dataset.from), to = Number(edge.dataset.to);
          inputs[to].push([edge, nodes[from]]);
          readers[from].push([edge, nodes[to]]);
        }

        const all = { x: 0, y: 0, w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height };
        let width = svg.clientWidth;
        const mostForText = 3.3; // units a pixel, beyond which text isn't drawn
        let view, drawn = true;

        function show(next) {
          view = next;
          if (!drawn) return;
          drawn = false;
          requestAnimationFrame(() => {
            drawn = true;
            svg.setAttribute('viewBox', `${view.x} ${view.y} ${view.w} ${view.h}`);
            const pixel = view.w / svg.clientWidth;
            svg.classList.toggle('far', pixel > mostForText);
            svg.style.setProperty('--pixel', `${pixel < mostForText ? 1 : pixel}px`); // lines don't vanish from afar
          });
        }

        function fit() {
          const scale = Math.min(svg.clientWidth / all.w, svg.clientHeight / all.h, 1.5) || 1;
          const w = svg.clientWidth / scale, h = svg.clientHeight / scale;
          show({ x: all.w / 2 - w / 2, y: all.h / 2 - h / 2, w, h });
        }

        function zoom(factor, clientX, clientY) {
          const box = svg.getBoundingClientRect();
          const across = clientX === undefined ? 0.5 : (clientX - box.left) / box.width;
          const down = clientY === undefined ? 0.5 : (clientY - box.top) / box.height;
          const w = Math.min(Math.max(view.w * factor, box.width / 20), Math.max(all.w, all.h * box.width / box.height, box.width) * 4);
          const h = w * box.height / box.width;
          show({ x: view.x + across * (view.w - w), y: view.y + down * (view.h - h), w, h });
        }

        function pan(right, down) {
          const scale = view.w / svg.clientWidth;
          show({ ...view, x: view.x - right * scale, y: view.y - down * scale });
        }

        svg.addEventListener('wheel', event => {
          event.preventDefault();
          const lines = event.deltaMode === 0 ? event.deltaY / 40 : event.deltaY;
          zoom(Math.pow(1.08, Math.max(-6, Math.min(6, lines))), event.clientX, event.clientY);
        }, { passive: false });

        let dragged = null;
        svg.addEventListener('pointerdown', event => {
          if (event.button !== 0) return;
          dragged = { x: event.clientX, y: event.clientY };
          svg.setPointerCapture(event.pointerId);
          svg.classList.add('dragged');
          leave();
        });
        svg.addEventListener('pointermove', event => {
          if (dragged) {
            pan(event.clientX - dragged.x, event.clientY - dragged.y);
            dragged = { x: event.clientX, y: event.clientY };
          } else if (!tooltip.hidden) {
            place(event);
          }
        });
        for (const end of ['pointerup', 'pointercancel']) {
          svg.addEventListener(end, () => {
            dragged = null;
            svg.classList.remove('dragged');
          });
        }

        svg.addEventListener('dblclick', fit);
        document.getElementById('fit').addEventListener('click', fit);
        document.getElementById('in').addEventListener('click', () => zoom(1 / 1.4));
        document.getElementById('out').addEventListener('click', () => zoom(1.4));
        const step = 60;
        const keys = {
          '+': () => zoom(1 / 1.25), '=': () => zoom(1 / 1.25), '-': () => zoom(1.25), '0': fit,
          ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step),
        };
        addEventListener('keydown', event => {
          if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
          event.preventDefault();
          keys[event.key]();
        });
        addEventListener('resize', () => { // what was in the middle stays there, as large as it was
          if (!(width > 0 && svg.clientWidth > 0)) {
            width = svg.clientWidth;
            return fit();
          }
          const w = view.w * svg.clientWidth / width, h = w * svg.clientHeight / svg.clientWidth;
          width = svg.clientWidth;
          show({ x: view.x + (view.w - w) / 2, y: view.y + (view.h - h) / 2, w, h });
        });

        let here = -1;
        function leave() {
          if (here >= 0) mark(here, 'remove');
          here = -1;
          tooltip.hidden = true;
        }
        function mark(number, verb) {
          nodes[number].classList[verb]('here');
          for (const [edge, node] of inputs[number]) { edge.classList[verb]('input'); node.classList[verb]('input'); }
          for (const [edge, node] of readers[number]) { edge.classList[verb]('reader'); node.classList[verb]('reader'); }
        }
        function place(event) {
          const x = Math.min(event.clientX + 14, innerWidth - tooltip.offsetWidth - 8);
          const below = event.clientY + 18, above = event.clientY - tooltip.offsetHeight - 10;
          const y = below + tooltip.offsetHeight < innerHeight ? below : above;
          tooltip.style.left = `${Math.max(4, x)}px`;
          tooltip.style.top = `${Math.max(4, y)}px`;
        }

        // The browser's own tooltip would come as well, so a node's title is taken out when it is first shown.
        const texts = new Map();
        function textOf(number) {
          const title = nodes[number].querySelector('title');
          if (title) {
            texts.set(number, title.textContent);
            title.remove();
          }
          return texts.get(number);
        }

        svg.addEventListener('pointerover', event => {
          const node = event.target.closest('.node');
          if (!node || dragged) return;
          const number = numbers.get(node);
          if (number === here) return;
          leave();
          here = number;
          tooltip.textContent = textOf(number);
          tooltip.hidden = false;
          mark(number, 'add');
          place(event);
        });
        svg.addEventListener('pointerout', event => {
          if (here >= 0 && !nodes[here].contains(event.relatedTarget)) leave();
        });
        svg.querySelector('title').remove();
        fit();
        """;
}
