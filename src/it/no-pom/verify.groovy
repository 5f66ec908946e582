// The model, its measures and its plot are below the folder's own target; Maven ran without a project.
def log = new File(basedir, 'build.log').getText('UTF-8')

def run = new File(basedir, 'target/transfer/squeezenet1_1-feature-extraction')
assert !new File(basedir, 'pom.xml').exists()
assert log.contains('standalone-pom')
assert new File(run, 'model/squeezenet1_1.pt').length() > 0
assert new File(run, 'metrics.json').length() > 0
assert new File(basedir, 'target/transfer/fextract_plot_squeezenet.png').length() > 0
