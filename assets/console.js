// Every page works without this; it only spares a wrong press.
addEventListener('submit', (event) => {
  const question = event.target instanceof HTMLFormElement ? event.submitter?.dataset.confirm ?? event.target.dataset.confirm : undefined;
  if (question !== undefined && !confirm(question)) event.preventDefault();
});
