import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { SettingsProvider } from './settings.js';
import './resident.css';

const root = document.getElementById('root');
if (!root) throw new Error('resident.html has no #root');
createRoot(root).render(
  <StrictMode>
    <SettingsProvider>
      <App />
    </SettingsProvider>
  </StrictMode>,
);
