import type { Position } from '@sc/contracts';
import { Popup, type Map as MapLibre } from 'maplibre-gl';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

interface Props {
  map: MapLibre;
  at: Position;
  onClose: () => void;
  children: ReactNode;
}

/** Words that stand at a place; whoever came by keyboard is in them at once, Escape closes them. */
export function PopupAt({ map, at, onClose, children }: Props) {
  const [content] = useState(() => document.createElement('div'));
  const [lon, lat] = at;
  const closed = useEffectEvent(onClose);
  useEffect(() => {
    const popup = new Popup({ maxWidth: '300px', offset: 16, closeOnClick: false })
      .setLngLat([lon, lat])
      .setDOMContent(content);
    popup.addTo(map);
    const onPopupClose = () => closed();
    popup.on('close', onPopupClose);
    const element = popup.getElement();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') closed();
    };
    element.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('keydown', onKey);
      popup.off('close', onPopupClose);
      popup.remove();
    };
  }, [map, lon, lat, content]);
  return createPortal(children, content);
}
