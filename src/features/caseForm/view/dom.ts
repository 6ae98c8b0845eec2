export * from '../../../platform/view/dom';
