import '../styles/base.css';
import '../styles/field.css';
import './first-paint/begin.js';
