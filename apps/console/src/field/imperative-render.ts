import { unstableSetRender } from 'antd-mobile';
import { createRoot } from 'react-dom/client';

/** Toasts and dialogs of antd-mobile are drawn outside the page; it does not know how by itself with the present React. */
unstableSetRender((node, container) => {
  const root = createRoot(container);
  root.render(node);
  return async () => {
    // React does not take a root away while it draws.
    await Promise.resolve();
    root.unmount();
  };
});
