import { useQuery } from '@tanstack/react-query';

/** A QR code as SVG; the library that draws it is loaded with the first one. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data } = useQuery({
    queryKey: ['qr', text],
    queryFn: async () => (await import('./draw-qr.js')).drawQr(text),
    staleTime: Infinity,
  });
  return (
    <svg className="qr" viewBox={`0 0 ${data?.size ?? 1} ${data?.size ?? 1}`} role="img" aria-label={label}>
      {data && <path d={data.path} fill="#000" shapeRendering="crispEdges" />}
    </svg>
  );
}
