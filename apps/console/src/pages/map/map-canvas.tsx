import type { Alarm, Area, Device } from '@sc/contracts';
import { Map as MapLibre, Marker, NavigationControl, Popup, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useTheme } from '../../app/theme.js';
import { useText } from '../../lib/use-words.js';
import { AlarmMarkers } from './alarm-markers.js';
import { palettes } from './palette.js';
import { DevicePopup } from './device-popup.js';
import { areaFeatures, boundsOf, deviceFeatures, edgeOf } from './shapes.js';
import { mapStyle } from './style.js';

// Its own worker file, served by us: no tile server and no network of others.
setWorkerUrl(workerUrl);

interface Props {
  areas: Area[];
  devices: Device[];
  alarms: Alarm[];
  /** Counts up when everything is to be shown again. */
  fit: number;
}

/** Names of buildings only from this zoom on: before, they would cover each other. */
const buildingNamesFrom = 16.2;

export default function MapCanvas({ areas, devices, alarms, fit }: Props) {
  const { t } = useTranslation('desk');
  const text = useText();
  const theme = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre>();
  const [close, setClose] = useState(false);
  const [picked, setPicked] = useState<string>();

  useEffect(() => {
    if (!box.current) return;
    const instance = new MapLibre({
      container: box.current,
      style: mapStyle(palettes.light),
      attributionControl: false,
      center: [0, 0],
      zoom: 14,
      maxPitch: 0,
      dragRotate: false,
    });
    instance.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    instance.on('click', 'devices', (event) => {
      const id: unknown = event.features?.[0]?.properties['id'];
      if (typeof id === 'string') setPicked(id);
    });
    instance.on('mouseenter', 'devices', () => (instance.getCanvas().style.cursor = 'pointer'));
    instance.on('mouseleave', 'devices', () => (instance.getCanvas().style.cursor = ''));
    instance.on('zoom', () => setClose(instance.getZoom() >= buildingNamesFrom));
    setMap(instance);
    return () => instance.remove();
  }, []);

  useEffect(() => {
    if (!map) return;
    map.setStyle(mapStyle(palettes[theme]), { diff: false });
    const fill = () => {
      map.getSource<GeoJSONSource>('areas')?.setData(areaFeatures(areas));
      map.getSource<GeoJSONSource>('devices')?.setData(deviceFeatures(devices));
    };
    map.once('style.load', fill);
    return () => void map.off('style.load', fill);
    // Data has its own effect; here it is only put back after a change of theme.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, theme]);

  useEffect(() => {
    if (!map?.isStyleLoaded()) return;
    map.getSource<GeoJSONSource>('areas')?.setData(areaFeatures(areas));
  }, [map, areas]);
  useEffect(() => {
    map?.getSource<GeoJSONSource>('devices')?.setData(deviceFeatures(devices));
  }, [map, devices]);

  // Only at first and when asked: the view must not move by itself under the eyes.
  useEffect(() => {
    const bounds = boundsOf(areas, devices);
    if (map && bounds) map.fitBounds(bounds, { padding: 48, animate: false, maxZoom: 18 });
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [map, fit]);

  useEffect(() => {
    if (!map) return;
    const markers = areas.flatMap((area) => {
      const isGrid = area.kind === 'duty-grid';
      const at = edgeOf(area, isGrid ? 'north' : 'south');
      if (!at || !(isGrid || (close && area.kind === 'building'))) return [];
      const element = document.createElement('div');
      element.className = `map-label map-label-${area.kind}`;
      element.textContent = text(area.name);
      return [new Marker({ element, anchor: 'top', offset: [0, isGrid ? 6 : 2] }).setLngLat(at).addTo(map)];
    });
    return () => markers.forEach((marker) => marker.remove());
  }, [map, areas, close, text]);

  const device = devices.find((d) => d.id === picked);
  return (
    <>
      <div ref={box} className="map-canvas" role="region" aria-label={t('map.label')} />
      {map && <AlarmMarkers map={map} devices={devices} alarms={alarms} onPick={setPicked} />}
      {map && device?.position && (
        <PopupAt map={map} at={device.position} onClose={() => setPicked(undefined)}>
          <DevicePopup device={device} alarms={alarms.filter((a) => a.deviceId === device.id)} />
        </PopupAt>
      )}
    </>
  );
}

interface PopupProps {
  map: MapLibre;
  at: [number, number];
  onClose: () => void;
  children: React.ReactNode;
}

function PopupAt({ map, at, onClose, children }: PopupProps) {
  const [content] = useState(() => document.createElement('div'));
  const [lon, lat] = at;
  const closed = useEffectEvent(onClose);
  useEffect(() => {
    const popup = new Popup({ maxWidth: '300px', offset: 14, closeOnClick: false })
      .setLngLat([lon, lat])
      .setDOMContent(content);
    popup.addTo(map);
    const onPopupClose = () => closed();
    popup.on('close', onPopupClose);
    return () => {
      popup.off('close', onPopupClose);
      popup.remove();
    };
  }, [map, lon, lat, content]);
  return createPortal(children, content);
}
