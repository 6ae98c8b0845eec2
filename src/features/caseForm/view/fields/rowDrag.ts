/** A row taken by its handle and let go at another place. */

/**
 * @param handle what is taken hold of
 * @param dropped the place among the list's rows, 0-based, once it is let go; not called where it stays or is given up
 */
export function draggable(
  list: HTMLElement,
  row: HTMLElement,
  handle: HTMLElement,
  dropped: (place: number) => void,
): void {
  handle.addEventListener('pointerdown', (down) => {
    if (down.button !== 0) return;
    down.preventDefault();
    handle.setPointerCapture(down.pointerId);
    const rows = [...list.children];
    const from = rows.indexOf(row);
    let to = from;
    row.classList.add('dragged');

    const mark = () => {
      for (const [index, each] of rows.entries()) {
        each.classList.toggle('dropBefore', index === to && to < from);
        each.classList.toggle('dropAfter', index === to && to > from);
      }
    };
    const moved = (event: PointerEvent) => {
      const middles = rows.map((each) => each.getBoundingClientRect()).map(({ top, height }) => top + height / 2);
      const above = middles.filter((middle, index) => index !== from && middle < event.clientY).length;
      to = above;
      mark();
    };
    const end = (place: number) => {
      handle.removeEventListener('pointermove', moved);
      handle.removeEventListener('pointerup', letGo);
      handle.removeEventListener('lostpointercapture', gaveUp);
      document.removeEventListener('keydown', escaped, true);
      row.classList.remove('dragged');
      to = from;
      mark();
      if (place !== from) dropped(place);
    };
    const letGo = () => end(to);
    const gaveUp = () => end(from);
    const escaped = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      end(from);
    };
    handle.addEventListener('pointermove', moved);
    handle.addEventListener('pointerup', letGo);
    handle.addEventListener('lostpointercapture', gaveUp);
    document.addEventListener('keydown', escaped, true);
  });
}
